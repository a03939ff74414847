import { h, s } from "../common/dom";
import { icon, type IconName } from "../common/icons";
import { say, type Saying } from "../common/language";
import { layOut, prepare, type Layout } from "./layout";
import { brief, type ExploreAnswer, type GraphEdge, type GraphNode, type Step } from "./types";
import "./graph.css";

const words = {
  graph: ["Computational graph of {0}, {1} nodes", "{0}의 계산 그래프, 노드 {1}개"],
  rewind: ["To the beginning", "처음으로"], back: ["Step back", "한 단계 뒤로"], play: ["Play", "재생"], pause: ["Pause", "멈춤"],
  next: ["Step forward", "한 단계 앞으로"], end: ["To the end", "끝으로"], larger: ["Larger", "크게"], smaller: ["Smaller", "작게"], fit: ["Fit", "맞춤"],
  forward: ["forward pass", "순전파"], backward: ["backward pass", "역전파"], begin: ["Press play, or step with the arrow keys.", "재생을 누르거나 화살표 키로 한 단계씩 보세요."],
  position: ["{0} of {1}", "{0} / {1}"], value: ["value", "값"], gradient: ["gradient", "기울기"], steps: ["All steps", "모든 단계"],
  opens: ["double-click or Enter opens it", "두 번 누르거나 Enter를 누르면 펼쳐집니다"],
} satisfies Record<string, Saying>;

export interface PlayerOptions {
  onNode?(node: GraphNode): void;
  onOpen?(node: GraphNode): void;
  announce?(text: string): void;
  /** Starts with every value and gradient shown. */
  atEnd?: boolean;
}

const letter = 7.4, row = 17;

/** A graph that is played: values forward in green, gradients backward in red. */
export class GraphPlayer {
  private answer: ExploreAnswer | null = null;
  private steps: Step[] = [];
  private at = 0;
  private timer = 0;
  private zoom = 0;
  private isZoomedByHand = false;
  private signature = "";
  private structure = "";
  private turn = 0;
  private layout: Layout | null = null;
  private picked: number | null = null;
  private readonly nodes = new Map<number, SVGGElement>();
  private labels: SVGGElement[] = [];
  private wires: (SVGGElement | null)[] = [];
  private svg = s("svg", { class: "graph", role: "group" });
  private readonly stage = h("div", { class: "stage", tabindex: 0, role: "group" }, this.svg);
  private readonly playButton = h("button", { class: "primary square", click: () => this.toggle() });
  private readonly position = h("span", { class: "position mono" });
  private readonly phase = h("span", { class: "phase" });
  private readonly story = h("div", { class: "story", "aria-live": "polite" });
  private readonly list = h("ol", { class: "steps" });
  private readonly all = h("details", {}, h("summary", {}, say(words.steps)), this.list);
  readonly element: HTMLElement;

  constructor(host: HTMLElement, private readonly options: PlayerOptions = {}) {
    const tool = (name: IconName, label: Saying, click: () => void) =>
      h("button", { class: "square", "aria-label": say(label), title: say(label), click }, icon(name));
    this.element = h("div", { class: "player" }, this.stage,
      h("div", { class: "row controls" },
        tool("rewind", words.rewind, () => this.go(0)), tool("back", words.back, () => this.go(this.at - 1)), this.playButton,
        tool("next", words.next, () => this.go(this.at + 1)), tool("end", words.end, () => this.go(this.steps.length)), this.position, this.phase,
        h("span", { class: "row zoom" },
          tool("minus", words.smaller, () => this.scale(1 / 1.25)), tool("plus", words.larger, () => this.scale(1.25)), tool("fit", words.fit, () => this.fit()))),
      this.story, this.all);
    prepare();
    host.append(this.element);
    this.element.addEventListener("keydown", event => this.key(event));
    this.drawPlay();
  }

  get stepCount(): number {
    return this.steps.length;
  }

  /** Shows an answer; where only numbers changed, everything stays where it is. */
  async show(answer: ExploreAnswer): Promise<void> {
    const turn = ++this.turn, wasAtEnd = this.steps.length > 0 ? this.at === this.steps.length : this.options.atEnd ?? false;
    const { graph } = answer;
    const signature = JSON.stringify([
      graph.nodes.map(node => [node.id, ...this.sizeOf(node)]), graph.edges.map(edge => [edge.from, edge.to, ...this.labelSize(edge)]),
    ]);
    let layout = this.layout;
    if (signature !== this.signature || !layout) {
      layout = await layOut(
        graph.nodes.map(node => ({ id: `n${node.id}`, width: this.sizeOf(node)[0], height: this.sizeOf(node)[1] })),
        graph.edges.map((edge, i) => ({ id: `e${i}`, from: `n${edge.from}`, to: `n${edge.to}`, width: this.labelSize(edge)[0], height: this.labelSize(edge)[1] })));
      if (turn !== this.turn) return;
    }
    const structure = JSON.stringify([graph.nodes.map(node => [node.id, node.name]), graph.edges.map(edge => [edge.from, edge.to])]);
    const isNew = structure !== this.structure;
    this.structure = structure;
    this.answer = answer;
    this.layout = layout;
    this.signature = signature;
    this.steps = [...answer.steps.forward, ...answer.steps.backward];
    this.at = wasAtEnd ? this.steps.length : Math.min(this.at, this.steps.length);
    this.draw();
    // Another graph is fitted anew; one whose numbers change stays as large as it is.
    if (isNew && !this.isZoomedByHand) this.fit();
    this.drawList();
    this.update(false);
  }

  go(step: number): void {
    this.at = Math.max(0, Math.min(this.steps.length, step));
    if (this.at === this.steps.length) this.stop();
    this.update(true);
  }

  /** Marks a node as the one that is looked at. */
  pick(id: number | null): void {
    this.picked = id;
    for (const [node, element] of this.nodes) element.classList.toggle("picked", node === id);
  }

  /** The picture as it stands, for a file. */
  picture(): SVGSVGElement {
    const copy = this.svg.cloneNode(true) as SVGSVGElement;
    const originals = this.svg.querySelectorAll<SVGElement>("*"), copies = copy.querySelectorAll<SVGElement>("*");
    // Style sheets do not travel with the file: each element takes its looks along.
    originals.forEach((original, i) => {
      const look = getComputedStyle(original);
      for (const name of ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-family", "font-size", "font-weight", "text-anchor", "visibility"])
        copies[i]?.setAttribute(name, look.getPropertyValue(name));
    });
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", String(this.layout?.width ?? 0));
    copy.setAttribute("height", String(this.layout?.height ?? 0));
    copy.style.background = getComputedStyle(this.stage).backgroundColor;
    return copy;
  }

  destroy(): void {
    this.stop();
    this.turn++;
    this.element.remove();
  }

  private sizeOf(node: GraphNode): [number, number] {
    const longest = Math.max(this.title(node).length, brief(node.value).length, brief(node.gradient).length, 4);
    return [Math.ceil((longest + 2) * letter), 16 + row * (node.kind === "constant" && this.title(node) === brief(node.value) ? 1 : 3)];
  }

  private title(node: GraphNode): string {
    if (node.kind === "operation") return node.isNamed && node.glyph !== node.name ? `${node.glyph}  ${node.name}` : node.glyph;
    return node.name.length > 34 ? `${node.name.slice(0, 33)}…` : node.name;
  }

  private labelSize(edge: GraphEdge): [number, number] {
    const product = this.product(edge);
    const longest = Math.max(brief(edge.value).length, ...product.map(line => line.length), 3);
    return [Math.ceil(longest * letter * 0.93) + 6, (1 + Math.max(1, product.length)) * row];
  }

  /** local × upstream = downstream, where all three are single numbers; else what goes back. Long ones take two lines, so that the graph stays narrow. */
  private product(edge: GraphEdge): string[] {
    if (!edge.downstream) return [];
    const parts = [edge.local?.values, edge.upstream, edge.downstream];
    const many = (this.answer?.graph.nodes.length ?? 0) > 80;
    if (many || parts.some(part => part?.shape.length !== 0)) return [brief(edge.downstream)];
    const [local = "", upstream = "", downstream = ""] = parts.map(part => brief(part));
    const whole = `${local} × ${upstream} = ${downstream}`;
    return whole.length > 15 ? [`${local} × ${upstream}`, `= ${downstream}`] : [whole];
  }

  private draw(): void {
    const { answer, layout } = this;
    if (!answer || !layout) return;
    const { graph } = answer;
    this.svg.replaceChildren();
    this.svg.setAttribute("viewBox", `0 0 ${layout.width} ${layout.height}`);
    this.stage.setAttribute("aria-label", say(words.graph, graph.title, graph.nodes.length));
    this.nodes.clear();
    const wires = s("g", {}), labels = s("g", {}), boxes = s("g", {});
    this.wires = [];
    this.labels = graph.edges.map((edge, i) => {
      const place = layout.wires.get(`e${i}`);
      const group = s("g", { class: "edge" });
      this.wires.push(null);
      if (!place) return group;
      const last = place.points.at(-1) ?? { x: 0, y: 0 }, before = place.points.at(-2) ?? last;
      const angle = Math.atan2(last.y - before.y, last.x - before.x) * 180 / Math.PI;
      const wire = s("g", { class: "wire", "data-edge": i }, s("path", { class: "line", d: path(place.points) }),
        s("path", { class: "tip", d: "M0 0l-8 -4.5v9z", transform: `translate(${last.x} ${last.y}) rotate(${angle})` }));
      wires.append(wire);
      this.wires[i] = wire;
      const size = this.labelSize(edge), middle = place.label.x + size[0] / 2;
      group.append(
        s("text", { class: "forward-label", x: middle, y: place.label.y + 13 }, brief(edge.value)),
        ...this.product(edge).map((line, i) => s("text", { class: "backward-label", x: middle, y: place.label.y + 13 + (i + 1) * row }, line)));
      labels.append(group);
      return group;
    });
    for (const node of graph.nodes) {
      const place = layout.boxes.get(`n${node.id}`), [width, height] = this.sizeOf(node);
      if (!place) continue;
      const isOne = height < 16 + 3 * row;
      const group = s("g", {
        class: `node ${node.kind}${node.canOpen ? " opens" : ""}${node.id === this.picked ? " picked" : ""}`, tabindex: 0, role: "button",
        transform: `translate(${place.x} ${place.y})`, "aria-description": this.spoken(node), "data-node": node.id,
      },
      s("rect", { class: "body", width, height, rx: node.kind === "operation" ? 16 : 7 }),
      s("text", { class: "title", x: width / 2, y: 20 }, this.title(node)),
      isOne ? null : s("text", { class: "value", x: width / 2, y: 20 + row }, brief(node.value)),
      isOne ? null : s("text", { class: "gradient", x: width / 2, y: 20 + 2 * row }, brief(node.gradient)));
      group.addEventListener("click", () => { this.pick(node.id); this.options.onNode?.(node); });
      group.addEventListener("dblclick", () => { if (node.canOpen) this.options.onOpen?.(node); });
      group.addEventListener("keydown", event => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        if (event.key === "Enter" && node.canOpen && this.picked === node.id) this.options.onOpen?.(node);
        else { this.pick(node.id); this.options.onNode?.(node); }
      });
      this.nodes.set(node.id, group);
      boxes.append(group);
    }
    this.svg.append(wires, boxes, labels);
    this.applyZoom();
  }

  private spoken(node: GraphNode): string {
    const parts = [node.kind === "operation" ? `${node.operation} ${node.name}` : node.name];
    if (node.value) parts.push(`${say(words.value)} ${brief(node.value)}`);
    if (node.gradient) parts.push(`${say(words.gradient)} ${brief(node.gradient)}`);
    if (node.canOpen) parts.push(say(words.opens));
    return parts.join(", ");
  }

  private update(isMove: boolean): void {
    const { answer } = this;
    if (!answer) return;
    const done = this.steps.slice(0, this.at), now = this.at > 0 && this.at < this.steps.length + 1 ? this.steps[this.at - 1] : undefined;
    const all = this.at === this.steps.length;
    const valued = new Set(done.filter(step => step.isForward).map(step => step.node));
    const explained = new Set(this.steps.filter(step => step.isForward).map(step => step.node));
    const passed = new Set(done.filter(step => !step.isForward).flatMap(step => step.edges));
    const started = done.some(step => !step.isForward);
    const graded = new Set(answer.graph.edges.filter((_, i) => passed.has(i)).map(edge => edge.from));
    if (started) for (const output of answer.graph.outputs) graded.add(output);
    for (const node of answer.graph.nodes) {
      const element = this.nodes.get(node.id);
      const known = all || valued.has(node.id) || !explained.has(node.id);
      element?.classList.toggle("waits", !known);
      element?.classList.toggle("no-gradient", !(all || graded.has(node.id)));
      element?.classList.toggle("now-forward", now?.node === node.id && now.isForward);
      element?.classList.toggle("now-backward", now?.node === node.id && !now.isForward);
    }
    answer.graph.edges.forEach((edge, i) => {
      const label = this.labels[i], wire = this.wires[i];
      const known = all || valued.has(edge.from) || !explained.has(edge.from);
      label?.classList.toggle("no-value", !known);
      label?.classList.toggle("no-gradient", !(all || passed.has(i)));
      const isNow = now?.edges.includes(i) ?? false;
      label?.classList.toggle("now", isNow);
      wire?.classList.toggle("now-forward", isNow && (now?.isForward ?? false));
      wire?.classList.toggle("now-backward", isNow && !(now?.isForward ?? true));
    });
    this.position.textContent = say(words.position, this.at, this.steps.length);
    this.phase.textContent = now ? say(now.isForward ? words.forward : words.backward) : "";
    this.phase.className = `phase ${now?.isForward ? "forward" : "backward"}${now ? "" : " none"}`;
    this.story.replaceChildren(...(now
      ? [h("p", { class: "mono story-title" }, now.title), ...(now.lines.length > 0 ? [h("pre", { tabindex: 0, role: "group", "aria-label": now.title }, now.lines.join("\n"))] : [])]
      : [h("p", { class: "soft" }, say(words.begin))]));
    [...this.list.children].forEach((item, i) => item.firstElementChild?.setAttribute("aria-current", i === this.at - 1 ? "step" : "false"));
    if (isMove && now) this.reveal(now.node);
  }

  /** Brings a node into the stage, without moving the page. */
  private reveal(id: number): void {
    const element = this.nodes.get(id);
    if (!element) return;
    const box = element.getBoundingClientRect(), stage = this.stage.getBoundingClientRect();
    if (box.left < stage.left) this.stage.scrollLeft -= stage.left - box.left + 20;
    if (box.right > stage.right) this.stage.scrollLeft += box.right - stage.right + 20;
    if (box.top < stage.top) this.stage.scrollTop -= stage.top - box.top + 20;
    if (box.bottom > stage.bottom) this.stage.scrollTop += box.bottom - stage.bottom + 20;
  }

  private drawList(): void {
    this.list.replaceChildren(...this.steps.map((step, i) => h("li", {},
      h("button", { class: `quiet mono ${step.isForward ? "is-value" : "is-gradient"}`, click: () => this.go(i + 1) }, step.title))));
  }

  private fit(): void {
    if (!this.layout) return;
    this.isZoomedByHand = false;
    const width = this.stage.clientWidth - 4;
    // Never larger than drawn, never so small that it cannot be read: then the stage scrolls.
    this.zoom = Math.max(0.6, Math.min(1.15, width / Math.max(1, this.layout.width)));
    this.applyZoom();
  }

  private scale(by: number): void {
    this.isZoomedByHand = true;
    this.zoom = Math.max(0.3, Math.min(3, this.zoom * by));
    this.applyZoom();
  }

  private applyZoom(): void {
    if (!this.layout || this.zoom === 0) return;
    this.svg.style.width = `${this.layout.width * this.zoom}px`;
    this.svg.style.height = `${this.layout.height * this.zoom}px`;
  }

  private toggle(): void {
    if (this.timer) {
      this.stop();
      return;
    }
    if (this.at >= this.steps.length) this.go(0);
    this.timer = window.setInterval(() => this.go(this.at + 1), 1300);
    this.go(this.at + 1);
    this.drawPlay();
  }

  private stop(): void {
    if (this.timer) window.clearInterval(this.timer);
    this.timer = 0;
    this.drawPlay();
  }

  private drawPlay(): void {
    const name = say(this.timer ? words.pause : words.play);
    this.playButton.replaceChildren(icon(this.timer ? "pause" : "play"));
    this.playButton.setAttribute("aria-label", name);
    this.playButton.title = name;
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isButton = (event.target as Element).closest("button, summary") !== null;
    switch (event.key) {
      case "ArrowRight": this.go(this.at + 1); break;
      case "ArrowLeft": this.go(this.at - 1); break;
      case "Home": this.go(0); break;
      case "End": this.go(this.steps.length); break;
      case "+": this.scale(1.25); break;
      case "-": this.scale(1 / 1.25); break;
      case "0": this.fit(); break;
      case " ":
        if (isButton) return;
        this.toggle();
        break;
      default: return;
    }
    event.preventDefault();
  }
}

/** The route as curves: the layout gives the corners of Bézier curves, three to each piece. */
function path(points: { x: number; y: number }[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  let text = `M${first.x} ${first.y}`;
  let i = 0;
  for (; i + 2 < rest.length; i += 3) text += `C${rest.slice(i, i + 3).map(point => `${point.x} ${point.y}`).join(" ")}`;
  for (; i < rest.length; i++) text += `L${rest[i]?.x} ${rest[i]?.y}`;
  return text;
}
