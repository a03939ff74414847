import { api, ApiError, isAborted } from "../common/api";
import { freshId, h } from "../common/dom";
import { icon } from "../common/icons";
import { say, type Saying } from "../common/language";
import type { Context, Room } from "../common/room";
import { note, type Place } from "../common/router";
import { details } from "../graph/details";
import { GraphPlayer } from "../graph/player";
import { number, short, type ExploreAnswer, type GraphNode, type Numeric } from "../graph/types";
import { presets } from "./presets";
import "./explore.css";

const words = {
  title: ["Explore a computational graph", "계산 그래프 탐구하기"], presets: ["Examples", "예제"], program: ["Your formula", "식"],
  inputs: ["Inputs: drag and see everything follow", "입력: 끌어서 모두 따라 변하는 것을 보세요"], graph: ["Graph", "그래프"],
  operations: ["operations", "연산"], gates: ["gates", "게이트"], node: ["Node", "노드"],
  pick: ["Click a node to see its formula, local gradients and the chain rule.", "노드를 누르면 식, 국소 기울기, 연쇄 법칙을 볼 수 있습니다."],
  descent: ["Gradient descent", "경사하강법"], rate: ["learning rate", "학습률"], step: ["One step", "한 스텝"], back: ["Undo", "되돌리기"],
  check: ["Check against central differences", "중앙 차분과 비교하기"], link: ["Copy link", "링크 복사"], copied: ["The link was copied.", "링크를 복사했습니다."],
  predicted: ["predicted change", "예측한 변화"], real: ["real change", "실제 변화"], moved: ["{0} moved by {1}", "{0}을(를) {1}만큼 움직임"],
  name: ["", ""], backprop: ["backpropagation", "역전파"], difference: ["central difference", "중앙 차분"], error: ["relative error", "상대 오차"],
  place: ["line {0}, column {1}", "{0}행 {1}열"], output: ["result", "결과"],
} satisfies Record<string, Saying>;

export function mount(element: HTMLElement, context: Context): Room {
  return new ExploreRoom(element, context);
}

class ExploreRoom implements Room {
  private program: string;
  private values: Record<string, string> = {};
  private detail: string;
  private opened: number[] = [];
  private answer: ExploreAnswer | null = null;
  private before: ExploreAnswer | null = null;
  private request: AbortController | null = null;
  private timer = 0;
  private pickedId: number | null = null;
  private past: Record<string, string>[] = [];
  private readonly editor: HTMLTextAreaElement;
  private readonly error = h("div", { class: "error", role: "alert" });
  private readonly inputs = h("div", { class: "inputs" });
  private readonly forecast = h("p", { class: "forecast mono", "aria-live": "polite" });
  private readonly player: GraphPlayer;
  private readonly node = h("div", { class: "node-panel" });
  private readonly descent = h("div", { class: "sideways", tabindex: 0, role: "group", "aria-label": say(words.descent) });
  private readonly detailButtons: HTMLButtonElement[];
  private readonly rate: HTMLInputElement;
  private readonly result = h("span", { class: "mono result" });

  constructor(element: HTMLElement, private readonly context: Context) {
    const query = context.place.query, first = presets[0];
    this.program = query.get("p") ?? first?.program ?? "";
    this.detail = query.get("d") === "gates" ? "gates" : "operations";
    for (const [name, value] of query) if (name.startsWith("v.")) this.values[name.slice(2)] = value;
    const editorId = freshId("editor"), rateId = freshId("rate"), errorId = freshId("error");
    this.error.id = errorId;
    this.editor = h("textarea", { id: editorId, class: "mono", rows: 7, spellcheck: "false", autocapitalize: "off", "aria-describedby": errorId });
    this.editor.value = this.program;
    this.editor.addEventListener("input", () => {
      this.program = this.editor.value;
      this.values = {};
      this.opened = [];
      this.past = [];
      this.later(250);
    });
    this.rate = h("input", { id: rateId, class: "rate", inputmode: "decimal", value: "0.1" });
    this.detailButtons = ["operations", "gates"].map(name => h("button", { click: () => this.show(name) }, say(name === "gates" ? words.gates : words.operations)));
    const graphCard = h("section", { class: "card" },
      h("div", { class: "row graph-head" }, h("h2", {}, say(words.graph)), this.result, h("span", { class: "row segments" }, ...this.detailButtons)));
    this.player = new GraphPlayer(graphCard, { onNode: node => this.pick(node), onOpen: node => this.open(node), atEnd: true });
    graphCard.append(h("div", { class: "row exports" },
      h("button", { click: () => this.copy() }, icon("link"), say(words.link)),
      ...["SVG", "PNG", "JSON"].map(kind => h("button", { click: () => void this.save(kind) }, icon("down"), kind))));
    element.append(
      h("h1", {}, say(words.title)),
      h("div", { class: "columns" },
        h("div", { class: "side" },
          h("section", { class: "card" }, h("h2", {}, say(words.presets)),
            h("div", { class: "row" }, ...presets.map(preset => h("button", { click: () => this.begin(preset.program, preset.detail) }, say(preset.name))))),
          h("section", { class: "card" }, h("h2", {}, h("label", { for: editorId }, say(words.program))), this.editor, this.error),
          h("section", { class: "card" }, h("h2", {}, say(words.inputs)), this.inputs, this.forecast)),
        h("div", { class: "center" }, graphCard,
          h("section", { class: "card node-card" }, h("h2", {}, say(words.node)), this.node),
          h("section", { class: "card" }, h("h2", {}, say(words.descent)),
            h("div", { class: "row" }, h("label", { for: rateId }, say(words.rate)), this.rate,
              h("button", { class: "primary", click: () => void this.descend() }, say(words.step)),
              h("button", { click: () => this.undo() }, say(words.back)),
              h("button", { click: () => void this.check() }, say(words.check))), this.descent))));
    this.drawNode();
    void this.load();
  }

  moved(place: Place): boolean {
    const program = place.query.get("p");
    if (program !== null && program !== this.program) this.begin(program, place.query.get("d") ?? undefined);
    return true;
  }

  leave(): void {
    window.clearTimeout(this.timer);
    this.request?.abort();
    this.player.destroy();
  }

  private begin(program: string, detail = "operations"): void {
    this.program = this.editor.value = program;
    [this.values, this.opened, this.past, this.before, this.pickedId] = [{}, [], [], null, null];
    this.detail = detail;
    this.forecast.textContent = "";
    this.descent.replaceChildren();
    void this.load();
  }

  private later(wait: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.load(), wait);
  }

  private body(more: object = {}): object {
    return { program: this.program, values: this.values, detail: this.detail, opened: this.opened, ...more };
  }

  /** Asks for the graph; of several requests the last one counts. */
  private async load(): Promise<void> {
    this.request?.abort();
    const request = this.request = new AbortController();
    try {
      const answer = await api.post<ExploreAnswer>("/api/explore", this.body(), request.signal);
      if (request.signal.aborted) return;
      this.answer = answer;
      this.fail(null);
      await this.player.show(answer);
      this.drawInputs();
      this.drawNode();
      this.result.textContent = `${answer.output.name} = ${answer.output.text ?? ""}`;
      this.detailButtons.forEach((button, i) => button.setAttribute("aria-pressed", String((i === 1) === (this.detail === "gates"))));
      note(this.link());
    } catch (failure) {
      if (!isAborted(failure)) this.fail(failure);
    }
  }

  private fail(failure: unknown): void {
    this.editor.setAttribute("aria-invalid", String(failure !== null));
    if (failure === null) {
      this.error.replaceChildren();
      return;
    }
    const error = failure instanceof ApiError ? failure : null;
    const line = error && error.line > 0 ? this.program.split(/\n|;/)[error.line - 1] : undefined;
    this.error.replaceChildren(
      h("p", {}, error && error.line > 0 ? `${say(words.place, error.line, error.column)}: ` : "", failure instanceof Error ? failure.message : String(failure)),
      ...(error && line !== undefined ? [h("pre", { "aria-hidden": "true" }, `${line}\n${" ".repeat(Math.max(0, error.column - 1))}${"^".repeat(Math.max(1, error.length))}`)] : []));
  }

  private drawInputs(): void {
    const inputs = this.answer?.inputs ?? [];
    const names = inputs.map(input => `${input.name}${input.shape.length}`).join();
    if (this.inputs.dataset["names"] === names) {
      // The fields stay, so that a drag goes on; those that another action changed take their new value.
      inputs.forEach((input, i) => this.inputs.children[i]?.querySelectorAll("input").forEach(field => {
        if (field !== document.activeElement) field.value = input.text;
      }));
      return;
    }
    this.inputs.dataset["names"] = names;
    this.inputs.replaceChildren(...inputs.map(input => {
      const id = freshId("input");
      const field = h("input", { id, class: "mono", value: input.text, autocomplete: "off" });
      field.addEventListener("change", () => this.set(input.name, field.value));
      const row = h("div", { class: "input" }, h("label", { for: id, class: "mono" }, input.name), field);
      const start = Number(input.text);
      if (input.shape.length === 0 && Number.isFinite(start)) {
        const reach = Math.max(5, 2 * Math.abs(start));
        const slider = h("input", { type: "range", min: -reach, max: reach, step: reach / 500, value: String(start), "aria-label": input.name });
        slider.addEventListener("pointerdown", () => { this.before = this.answer; });
        slider.addEventListener("keydown", () => { this.before = this.answer; });
        slider.addEventListener("input", () => {
          field.value = String(Number(Number(slider.value).toPrecision(6)));
          this.set(input.name, field.value);
        });
        row.append(slider);
      }
      return row;
    }));
  }

  private set(name: string, text: string): void {
    this.before ??= this.answer;
    const before = this.before;
    this.values = { ...this.values, [name]: text };
    void this.load().then(() => this.tell(before, name));
  }

  /** The change that the gradient predicts, beside the real one. */
  private tell(before: ExploreAnswer | null, name: string): void {
    const after = this.answer;
    if (!before || !after || before === after) return;
    const value = (answer: ExploreAnswer, of: string) => {
      const summary = answer.graph.nodes.find(node => node.name === of)?.value;
      return summary?.shape.length === 0 ? number(summary.elements?.[0] ?? NaN) : NaN;
    };
    const result = (answer: ExploreAnswer) => number(answer.graph.nodes.find(node => answer.graph.outputs.includes(node.id))?.value?.elements?.[0] ?? NaN);
    const slope = number(before.graph.nodes.find(node => node.name === name)?.gradient?.elements?.[0] ?? NaN);
    const move = value(after, name) - value(before, name), change = result(after) - result(before);
    if (!Number.isFinite(move) || !Number.isFinite(slope) || !Number.isFinite(change)) return;
    this.forecast.textContent = `${say(words.moved, name, short(move))}\n${say(words.predicted)}: ${short(slope)} × ${short(move)} = ${short(slope * move)}\n`
      + `${say(words.real)}: ${short(change)}`;
  }

  private show(detail: string): void {
    this.detail = detail;
    this.opened = [];
    void this.load();
  }

  private open(node: GraphNode): void {
    this.opened = [...this.opened, node.id];
    void this.load();
  }

  private pick(node: GraphNode): void {
    this.pickedId = node.id;
    this.drawNode();
  }

  private drawNode(): void {
    const graph = this.answer?.graph, node = graph?.nodes.find(one => one.id === this.pickedId);
    this.player.pick(node?.id ?? null);
    this.node.replaceChildren(graph && node ? details(graph, node, () => this.open(node)) : h("p", { class: "soft" }, say(words.pick)));
  }

  private async descend(): Promise<void> {
    try {
      const learningRate = Number(this.rate.value);
      const answer = await api.post<{ resultName: string; rows: { step: number; values: { name: string; text: string }[]; output: string }[] }>(
        "/api/explore/descend", this.body({ learningRate, steps: 1 }));
      const [from, to] = [answer.rows[0], answer.rows.at(-1)];
      if (!from || !to) return;
      this.past.push({ ...this.values });
      for (const value of to.values) if (this.answer?.inputs.some(input => input.name === value.name)) this.values[value.name] = value.text;
      this.descent.replaceChildren(table(
        ["", ...to.values.map(value => value.name), answer.resultName],
        answer.rows.map(row => [String(row.step), ...row.values.map(value => value.text), row.output])));
      this.before = null;
      await this.load();
      this.context.announce(`${answer.resultName} = ${to.output}`);
    } catch (failure) {
      this.fail(failure);
    }
  }

  private undo(): void {
    const values = this.past.pop();
    if (!values) return;
    this.values = values;
    this.descent.replaceChildren();
    void this.load();
  }

  private async check(): Promise<void> {
    try {
      const answer = await api.post<{ rows: { name: string; analytic: Numeric; numeric: Numeric; difference: Numeric; ok: boolean }[] }>(
        "/api/explore/check", this.body());
      this.descent.replaceChildren(table(
        [say(words.name), say(words.backprop), say(words.difference), say(words.error)],
        answer.rows.map(row => [row.name, short(row.analytic, 8), short(row.numeric, 8), `${number(row.difference).toExponential(1)} ${row.ok ? "✓" : "✗"}`])));
    } catch (failure) {
      this.fail(failure);
    }
  }

  private link(): string {
    const query = new URLSearchParams({ p: this.program });
    if (this.detail === "gates") query.set("d", "gates");
    for (const [name, value] of Object.entries(this.values)) query.set(`v.${name}`, value);
    return `#/explore?${query}`;
  }

  private async copy(): Promise<void> {
    note(this.link());
    try {
      await navigator.clipboard.writeText(location.href);
      this.context.toast(say(words.copied));
    } catch {
      this.context.toast(location.href);
    }
  }

  private async save(kind: string): Promise<void> {
    if (!this.answer) return;
    if (kind === "JSON") {
      download(new Blob([JSON.stringify(this.answer.graph, null, 1)], { type: "application/json" }), "graph.json");
      return;
    }
    const picture = this.player.picture();
    const text = new Blob([new XMLSerializer().serializeToString(picture)], { type: "image/svg+xml" });
    if (kind === "SVG") {
      download(text, "graph.svg");
      return;
    }
    const address = URL.createObjectURL(text), image = new Image();
    image.src = address;
    await image.decode();
    const canvas = h("canvas", { width: 2 * image.width, height: 2 * image.height });
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    canvas.toBlob(blob => { if (blob) download(blob, "graph.png"); });
  }
}

function download(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function table(heads: string[], rows: string[][]): HTMLElement {
  return h("table", { class: "figures mono" },
    h("thead", {}, h("tr", {}, ...heads.map(head => head === "" ? h("td", {}) : h("th", { scope: "col" }, head)))),
    h("tbody", {}, ...rows.map(row => h("tr", {}, ...row.map(cell => h("td", {}, cell))))));
}
