import { scaleLinear } from "d3-scale";
import { h, s } from "../common/dom";
import { say, type Saying } from "../common/language";
import { number, short, type Graph, type GraphNode, type Summary } from "./types";

const words = {
  formula: ["formula", "식"], shape: ["shape", "모양"], value: ["value", "값"], gradient: ["gradient", "기울기"], gate: ["gate", "게이트"],
  from: ["From {0}", "{0}에서"], local: ["local gradient", "국소 기울기"], upstream: ["upstream gradient", "상류 기울기"],
  downstream: ["downstream gradient", "하류 기울기"], rule: ["chain rule", "연쇄 법칙"], scalar: ["one number", "수 하나"],
  copy: ["used {0} times: what comes back is added up (gradient adder)", "{0}번 쓰이는 값입니다. 돌아오는 기울기를 모두 더합니다(기울기 합산기)"],
  open: ["Open", "펼치기"], range: ["{0} to {1}, mean {2}", "{0}부터 {1}까지, 평균 {2}"],
} satisfies Record<string, Saying>;

const patterns: Record<string, Saying> = {
  gradientDistributor: ["gradient distributor: every input receives the upstream gradient unchanged", "기울기 분배기: 모든 입력이 상류 기울기를 그대로 받습니다"],
  swapMultiplier: ["swap multiplier: each input receives upstream × the other input", "교환 곱셈기: 각 입력은 상류 기울기 × 다른 입력을 받습니다"],
  gradientRouter: ["gradient router: the larger input receives it all, the other 0", "기울기 라우터: 큰 쪽 입력이 전부 받고 다른 쪽은 0을 받습니다"],
};

/** What there is to know of a node: formula, value, gradients, and the chain rule on each edge into it. */
export function details(graph: Graph, node: GraphNode, open?: () => void): HTMLElement {
  const list = h("dl", { class: "details" });
  const row = (name: Saying, content: string | HTMLElement | undefined, look = "") => {
    if (content === undefined || content === "") return;
    list.append(h("dt", {}, say(name)), h("dd", { class: look }, content));
  };
  row(words.formula, node.formula ? `${node.name} = ${node.formula}` : "", "mono");
  row(words.shape, `${node.shape.length === 0 ? say(words.scalar) : `[${node.shape.join(", ")}]`} · ${node.dtype}`);
  if (patterns[node.pattern]) row(words.gate, say(patterns[node.pattern] as Saying));
  if (node.uses > 1) row(words.gate, say(words.copy, node.uses));
  if (node.value) row(words.value, picture(node.value), "is-value");
  if (node.gradient) row(words.gradient, picture(node.gradient), "is-gradient");
  const into = graph.edges.filter(edge => edge.to === node.id && edge.downstream);
  const names = new Map(graph.nodes.map(one => [one.id, one.name]));
  const body = h("div", { class: "node-details" },
    h("section", {}, h("h3", {}, node.kind === "operation" ? `${node.glyph} — ${node.operation}` : node.name), list,
      node.canOpen && open ? h("p", {}, h("button", { click: open }, say(words.open))) : null));
  for (const edge of into) {
    const part = h("dl", { class: "details" });
    const add = (name: Saying, content: string | HTMLElement, look: string) => part.append(h("dt", {}, say(name)), h("dd", { class: look }, content));
    if (edge.local) {
      const cell = h("div", {}, edge.local.text && Number.isNaN(Number(edge.local.text)) ? h("div", { class: "mono" }, edge.local.text) : null,
        edge.local.kind === "jacobian" ? table(edge.local.values) : picture(edge.local.values));
      add(words.local, cell, "is-local");
    }
    if (edge.upstream) add(words.upstream, picture(edge.upstream), "is-upstream");
    if (edge.downstream) add(words.downstream, picture(edge.downstream), "is-gradient");
    if (edge.rule) add(words.rule, edge.rule, "mono");
    body.append(h("section", {}, h("h4", {}, say(words.from, names.get(edge.from) ?? "")), part));
  }
  return body;
}

/** A tensor: its number, a small table, a heat map with its numbers, or a histogram. */
export function picture(summary: Summary): HTMLElement {
  const { shape, elements } = summary;
  if (elements && shape.length === 0) return h("span", { class: "mono" }, short(elements[0] ?? NaN, 7));
  if (elements && shape.length <= 2) return table(summary);
  const range = say(words.range, short(summary.min), short(summary.max), short(summary.mean));
  const most = Math.max(1, ...summary.histogram);
  return h("div", {}, h("div", {}, `[${shape.join(", ")}] · ${range}`),
    s("svg", { viewBox: "0 0 160 40", class: "histogram", role: "img", "aria-label": range },
      ...summary.histogram.map((count, i) => s("rect", { x: i * 10, y: 40 - 38 * count / most, width: 9, height: 38 * count / most }))) as unknown as HTMLElement);
}

/** A matrix with its cells shaded by sign and size. */
function table(summary: Summary): HTMLElement {
  const columns = summary.shape.at(-1) ?? 1, values = (summary.elements ?? []).map(number);
  const most = Math.max(...values.map(value => Number.isFinite(value) ? Math.abs(value) : 0), 1e-300);
  const strength = scaleLinear().domain([0, most]).range([0, 0.42]).clamp(true);
  const body = h("tbody", {});
  for (let row = 0; row * columns < values.length; row++) {
    body.append(h("tr", {}, ...values.slice(row * columns, (row + 1) * columns).map(value => {
      const cell = h("td", {}, short(value, 5));
      const share = strength(Number.isFinite(value) ? Math.abs(value) : 0);
      cell.style.background = value < 0 ? `rgb(217 115 13 / ${share})` : `rgb(47 111 219 / ${share})`;
      return cell;
    })));
  }
  return h("div", { class: "sideways", tabindex: 0, role: "group", "aria-label": `[${summary.shape.join(", ")}]` },
    h("table", { class: "matrix mono" }, body));
}
