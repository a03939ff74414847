import { api } from "../common/api";
import { h } from "../common/dom";
import { say, type Saying } from "../common/language";
import type { Context, Room } from "../common/room";
import { details } from "../graph/details";
import { GraphPlayer } from "../graph/player";
import type { ExploreAnswer, GraphNode } from "../graph/types";
import "../explore/explore.css";

const words = {
  modules: ["layers", "층"], operations: ["operations", "연산"], gates: ["gates", "게이트"], node: ["Node", "노드"], close: ["Fold everything", "모두 접기"],
  pick: ["Click a node for its values and gradients; double-click a box to open it.", "노드를 누르면 값과 기울기를, 상자를 두 번 누르면 안쪽을 볼 수 있습니다."],
} satisfies Record<string, Saying>;

/** A graph that a program shows with Studio.Show. */
export function mount(element: HTMLElement, context: Context): Room {
  const id = context.place.path[0] ?? "", title = h("h1", {}), failure = h("p", { role: "alert" }), panel = h("div", { class: "node-panel" });
  const card = h("section", { class: "card" });
  let detail = "modules", opened: number[] = [], answer: ExploreAnswer | null = null;
  const names = ["modules", "operations", "gates"] as const;
  const buttons = names.map(name => h("button", { click: () => { detail = name; opened = []; void load(); } }, say(words[name])));
  card.append(h("div", { class: "row graph-head" }, ...buttons, h("button", { class: "quiet", click: () => { opened = []; void load(); } }, say(words.close))));
  const open = (node: GraphNode): void => { opened = [...opened, node.id]; void load(); };
  const player = new GraphPlayer(card, {
    atEnd: true, onOpen: open, onNode: node => { if (answer) panel.replaceChildren(details(answer.graph, node, () => open(node))); },
  });
  const load = async (): Promise<void> => {
    try {
      answer = await api.get<ExploreAnswer>(`/api/graphs/${encodeURIComponent(id)}?detail=${detail}&opened=${opened.join(",")}`);
      title.textContent = answer.graph.title;
      buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(names[i] === detail)));
      panel.replaceChildren(h("p", { class: "soft" }, say(words.pick)));
      await player.show(answer);
    } catch (problem) {
      failure.textContent = problem instanceof Error ? problem.message : String(problem);
    }
  };
  element.append(title, failure, h("div", { class: "columns" }, card, h("section", { class: "card node-card" }, h("h2", {}, say(words.node)), panel)));
  void load();
  return { leave: () => player.destroy() };
}
