/** The JSON form of a graph: docs/graph-view.md; and what a page is told about it: docs/studio.md. */
export type Numeric = number | string;
export interface Summary {
  shape: number[]; dtype: string; min: Numeric; max: Numeric; mean: Numeric; norm: Numeric; nonFinite: number; histogram: number[]; elements?: Numeric[];
}
export interface GraphNode {
  id: number; kind: "input" | "parameter" | "constant" | "operation" | "group"; name: string; isNamed: boolean; operation: string; glyph: string; formula: string;
  pattern: string; shape: number[]; dtype: string; uses: number; group?: number; canOpen: boolean; value?: Summary; gradient?: Summary;
}
export interface GraphEdge {
  from: number; to: number; input: number; value?: Summary; local?: { kind: string; text?: string; values: Summary }; upstream?: Summary; downstream?: Summary;
  rule?: string;
}
export interface Graph {
  title: string; resultName: string; inputs: number[]; parameters: number[]; outputs: number[]; nodes: GraphNode[]; edges: GraphEdge[];
  groups: { id: number; name: string; outer?: number; isOperation: boolean }[];
}
export interface Step { isForward: boolean; node: number; edges: number[]; title: string; lines: string[] }
export interface ExploreAnswer {
  graph: Graph; steps: { forward: Step[]; backward: Step[] }; inputs: { name: string; text: string; shape: number[] }[];
  output: { name: string; text?: string };
}

export function number(value: Numeric): number {
  return typeof value === "number" ? value : Number(value);
}

/** Six significant digits at most, a true minus sign. */
export function short(value: Numeric, digits = 5): string {
  const read = number(value);
  if (Number.isNaN(read)) return "NaN";
  if (!Number.isFinite(read)) return read > 0 ? "∞" : "−∞";
  const size = Math.abs(read);
  const text = size !== 0 && (size < 1e-4 || size >= 1e7) ? read.toExponential(2) : String(Number(read.toPrecision(digits)));
  return text.replace(/-/g, "−");
}

/** A tensor in a few letters: its number, its elements if they are few, else its shape. */
export function brief(summary: Summary | undefined, most = 22): string {
  if (!summary) return "";
  if (summary.elements && summary.shape.length === 0) return short(summary.elements[0] ?? NaN);
  if (summary.elements && summary.shape.length === 1) {
    const text = `[${summary.elements.map(element => short(element, 4)).join(", ")}]`;
    if (text.length <= most) return text;
  }
  return `[${summary.shape.join("×")}]`;
}
