import type { ElkExtendedEdge, ElkNode } from "elkjs/lib/elk-api";
import workerAddress from "elkjs/lib/elk-worker.min.js?url";

export interface Box { id: string; width: number; height: number }
export interface Wire { id: string; from: string; to: string; width: number; height: number }
export interface Layout {
  width: number; height: number;
  boxes: Map<string, { x: number; y: number }>;
  wires: Map<string, { points: { x: number; y: number }[]; label: { x: number; y: number } }>;
}

type Elk = { layout(graph: ElkNode): Promise<ElkNode> };
let elk: Promise<Elk> | null = null;

/** The layout library is large: it is fetched when the first graph is drawn, and works beside the page. */
function library(): Promise<Elk> {
  elk ??= import("elkjs/lib/elk-api").then(module => new module.default({ workerFactory: () => new Worker(workerAddress) }) as unknown as Elk);
  return elk;
}

/** Fetches the library while the page still waits for its graph. */
export function prepare(): void {
  void library();
}

/** From left to right in layers, with room for every label. */
export async function layOut(boxes: Box[], wires: Wire[]): Promise<Layout> {
  const graph: ElkNode = {
    id: "graph",
    layoutOptions: {
      "elk.algorithm": "layered", "elk.direction": "RIGHT", "elk.edgeRouting": "SPLINES", "elk.spacing.nodeNode": "26", "elk.spacing.edgeLabel": "3",
      "elk.layered.spacing.nodeNodeBetweenLayers": "34", "elk.spacing.edgeNode": "16", "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
      "elk.layered.nodePlacement.bk.fixedAlignment": "BALANCED", "elk.edgeLabels.inline": "false", "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
      "elk.layered.thoroughness": boxes.length > 120 ? "1" : "7",
      "elk.padding": "[top=14,left=14,bottom=14,right=14]",
    },
    children: boxes.map(box => ({ ...box })),
    edges: wires.map(wire => ({
      id: wire.id, sources: [wire.from], targets: [wire.to], labels: [{ id: `${wire.id}-label`, text: "x", width: wire.width, height: wire.height }],
    })),
  };
  const placed = await (await library()).layout(graph);
  const result: Layout = { width: placed.width ?? 0, height: placed.height ?? 0, boxes: new Map(), wires: new Map() };
  for (const child of placed.children ?? []) result.boxes.set(child.id, { x: child.x ?? 0, y: child.y ?? 0 });
  for (const edge of (placed.edges ?? []) as ElkExtendedEdge[]) {
    const section = edge.sections?.[0], label = edge.labels?.[0];
    if (!section) continue;
    result.wires.set(edge.id, {
      points: [section.startPoint, ...(section.bendPoints ?? []), section.endPoint], label: { x: label?.x ?? 0, y: label?.y ?? 0 },
    });
  }
  return result;
}
