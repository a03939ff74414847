import { api, ApiError } from "../common/api";
import { freshId, h } from "../common/dom";
import { icon } from "../common/icons";
import { say, type Saying } from "../common/language";
import type { Context, Room } from "../common/room";
import { note, type Place } from "../common/router";
import { LossCurve } from "./curves";
import { NetworkDrawing, short } from "./network";
import { Plane } from "./plane";
import {
  activations, features, fromQuery, kinds, mostLayers, mostUnits, number, optimizers, presets, rates, regularizations, speeds, toFragment,
  type Numeric, type Point, type Settings, type State,
} from "./settings";
import "./train.css";

const words = {
  title: ["Train a network", "신경망 학습시키기"],
  lead: [
    "Two classes of points, a network, and its gradients while it learns. Change anything at any time; the weights that still fit are kept.",
    "두 부류의 점과 신경망, 그리고 학습하는 동안의 기울기를 봅니다. 언제든 무엇이든 바꿀 수 있고, 맞는 가중치는 그대로 남습니다.",
  ],
  run: ["Run", "실행"], pause: ["Pause", "멈춤"], step: ["One step", "한 스텝"], reset: ["Start again", "처음부터"],
  presets: ["Examples", "예제"], data: ["Data", "데이터"], network: ["Network", "신경망"], result: ["What it learned", "학습 결과"],
  noise: ["noise", "잡음"], count: ["points", "점의 수"], fresh: ["New points", "새 점 뽑기"],
  blue: ["draw blue circles", "파란 원 그리기"], orange: ["draw orange squares", "주황 사각형 그리기"], clear: ["Remove all", "모두 지우기"], add: ["Add", "추가"],
  drawHint: ["Click or drag on the plane to draw points.", "평면을 누르거나 끌어서 점을 그리세요."],
  optimizer: ["optimizer", "최적화"], rate: ["learning rate", "학습률"], batch: ["batch size", "배치 사이즈"],
  penalty: ["regularization", "규제"], penaltyRate: ["its rate", "규제 세기"], activation: ["activation", "활성화 함수"], speed: ["steps a second", "초당 스텝"],
  fastest: ["as many as go", "가능한 만큼"], inputs: ["inputs", "입력 특징"], layers: ["hidden layers", "은닉층"],
  more: ["more layers", "층 늘리기"], fewer: ["fewer layers", "층 줄이기"], moreUnits: ["more units in layer {0}", "{0}층의 유닛 늘리기"],
  fewerUnits: ["fewer units in layer {0}", "{0}층의 유닛 줄이기"],
  lines: ["lines show", "선이 보여 주는 것"], weights: ["weights", "가중치"], gradients: ["gradients", "기울기"],
  epoch: ["epoch", "에포크"], stepWord: ["step", "스텝"], trainLoss: ["training loss", "학습 손실"], testLoss: ["test loss", "시험 손실"],
  accuracy: ["test accuracy", "시험 정확도"], loss: ["Loss", "손실"], norms: ["Gradient norm of each layer", "층마다의 기울기 크기(노름)"],
  vanish: [
    "The first layer's gradient is {0} times smaller than the last one's: it hardly learns. Sigmoids let gradients vanish; try ReLU.",
    "첫 층의 기울기가 마지막 층보다 {0}배 작아서 거의 배우지 못합니다. 시그모이드에서는 기울기가 사라집니다. ReLU를 써 보세요.",
  ],
  keys: ["Keys: space runs and pauses, → one step, R starts again.", "단축키: 스페이스는 실행/멈춤, →는 한 스텝, R은 처음부터."],
  lost: ["The training had ended because nobody watched it; here is a new one.", "보는 사람이 없어 학습이 끝났습니다. 새로 시작했습니다."],
  layer: ["layer {0}", "{0}층"], scale: ["each layer on its own scale", "층마다 따로 맞춘 굵기"],
  summary: ["step {0}, training loss {1}, test accuracy {2} %", "{0}스텝, 학습 손실 {1}, 시험 정확도 {2}%"],
  copied: ["The link was copied.", "링크를 복사했습니다."], link: ["Copy link", "링크 복사"], unit: ["−/+ units", "유닛 −/+"],
} satisfies Record<string, Saying>;

const kindNames: Record<string, Saying> = {
  circles: ["circles", "원"], spirals: ["spirals", "나선"], xor: ["XOR", "XOR"], blobs: ["blobs", "덩어리"], points: ["your own", "직접 그리기"],
};

export function mount(element: HTMLElement, context: Context): Room {
  return new TrainRoom(element, context);
}

class TrainRoom implements Room {
  private settings: Settings;
  private id: string | null = null;
  private events: EventSource | null = null;
  private running = false;
  private left = false;
  private pen: 0 | 1 = 0;
  private lastState: State | null = null;
  private lastTold = 0;
  private frame = 0;
  private sending: Promise<void> = Promise.resolve();
  private readonly plane = new Plane((x, y) => this.draw(x, y));
  private readonly network = new NetworkDrawing();
  private readonly curve = new LossCurve();
  private readonly runButton = h("button", { class: "primary run", click: () => this.toggle() });
  private readonly figures = h("dl", { class: "figures" });
  private readonly fault = h("p", { class: "fault", role: "alert" });
  private readonly norms = h("ul", { class: "norms" });
  private readonly remark = h("p", { class: "remark" });
  private readonly panels = h("div", {});
  private readonly networkTools = h("div", { class: "row tools" });
  private readonly keys = (event: KeyboardEvent) => this.key(event);
  private readonly themed = () => { this.curve.redraw(); this.schedule(); };

  constructor(element: HTMLElement, private readonly context: Context) {
    this.settings = fromQuery(context.place.query);
    element.append(
      h("h1", {}, say(words.title)), h("p", { class: "soft lead" }, say(words.lead)),
      h("div", { class: "row bar card" },
        this.runButton,
        h("button", { click: () => this.act("step") }, icon("next"), say(words.step)),
        h("button", { click: () => this.act("reset") }, icon("rewind"), say(words.reset)),
        this.choice(words.speed, speeds.map(String), String(this.settings.training.speed), value => this.change({ training: { speed: Number(value) } }),
          value => value === "0" ? say(words.fastest) : value),
        h("button", { click: () => this.copy() }, icon("link"), say(words.link)),
        this.figures),
      this.fault,
      h("div", { class: "columns" },
        this.panels,
        h("section", { class: "card" }, h("h2", {}, say(words.network)), this.networkTools, this.network.element,
          h("h2", { class: "later" }, say(words.norms)), this.norms, this.remark),
        h("section", { class: "card result" }, h("h2", {}, say(words.result)), this.plane.element, h("h2", { class: "later" }, say(words.loss)),
          h("p", { class: "soft key" }, h("span", { class: "swatch zero" }), say(words.trainLoss), " ", h("span", { class: "swatch one" }), say(words.testLoss)),
          this.curve.element)),
      h("p", { class: "soft" }, say(words.keys)));
    this.drawPanels();
    this.drawRun();
    addEventListener("keydown", this.keys);
    document.addEventListener("themechange", this.themed);
    void this.start();
  }

  moved(place: Place): boolean {
    if (place.query.get("s") === null) return true;
    this.take(fromQuery(place.query));
    return true;
  }

  leave(): void {
    this.left = true;
    this.events?.close();
    removeEventListener("keydown", this.keys);
    document.removeEventListener("themechange", this.themed);
    cancelAnimationFrame(this.frame);
    this.curve.destroy();
    if (this.id) void api.delete(`/api/trainings/${this.id}`).catch(() => undefined);
  }

  private async start(): Promise<void> {
    this.events?.close();
    try {
      const { id } = await api.post<{ id: string }>("/api/trainings", this.settings);
      if (this.left) {
        void api.delete(`/api/trainings/${id}`).catch(() => undefined);
        return;
      }
      this.id = id;
      this.say("");
    } catch (failure) {
      this.say(failure instanceof Error ? failure.message : String(failure));
      return;
    }
    const events = this.events = new EventSource(`/api/trainings/${this.id}/events`);
    const on = <T>(name: string, act: (content: T) => void) =>
      events.addEventListener(name, event => { act(JSON.parse((event as MessageEvent<string>).data) as T); });
    on<Point[]>("data", points => this.plane.points(points));
    on<Numeric[][]>("history", history => this.curve.begin(history));
    on<State>("state", state => {
      this.lastState = state;
      this.curve.add(state.step, number(state.trainLoss), number(state.testLoss));
      this.schedule();
    });
    events.onerror = () => {
      if (events.readyState === EventSource.CLOSED && !this.left && this.events === events) void this.revive();
    };
  }

  /** The server was started anew, or the training was idle too long. */
  private async revive(): Promise<void> {
    await this.start();
    if (this.id) this.context.toast(say(words.lost));
  }

  private schedule(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.show());
  }

  private show(): void {
    const state = this.lastState;
    if (!state || this.left) return;
    if (this.running !== state.running) {
      this.running = state.running;
      this.drawRun();
    }
    this.plane.show(state);
    if (state.layers[0]?.weights[0]?.length === this.settings.network.features.length) this.network.show(state, this.settings);
    this.say(state.fault ?? "");
    const percent = (100 * state.testAccuracy).toFixed(1);
    const rows: [Saying, string][] = [
      [words.stepWord, String(state.step)], [words.epoch, state.epoch.toFixed(1)], [words.trainLoss, short(number(state.trainLoss))],
      [words.testLoss, short(number(state.testLoss))], [words.accuracy, `${percent} %`],
    ];
    this.figures.replaceChildren(...rows.map(([name, value]) => h("div", {}, h("dt", {}, say(name)), h("dd", { class: "mono" }, value))));
    this.showNorms(state);
    if (performance.now() - this.lastTold > 6000 && state.running) {
      this.lastTold = performance.now();
      this.context.announce(say(words.summary, state.step, short(number(state.trainLoss)), percent));
    }
  }

  private showNorms(state: State): void {
    const values = state.layers.map(layer => number(layer.gradientNorm));
    const logs = values.map(value => value > 0 && Number.isFinite(value) ? Math.log10(value) : -6);
    this.norms.replaceChildren(...values.map((value, i) => {
      const bar = h("span", { class: "bar" }), fill = h("i", {});
      // From a millionth to ten: seven powers of ten.
      fill.style.width = `${Math.max(1, Math.min(100, ((logs[i] ?? -6) + 6) / 7 * 100))}%`;
      bar.append(fill);
      return h("li", {}, h("span", {}, say(words.layer, i + 1)), bar, h("span", { class: "mono" }, short(value)));
    }));
    const first = values[0] ?? 0, last = values.at(-1) ?? 0;
    const isVanishing = values.length > 2 && state.step > 0 && last > 0 && first < last / 50;
    this.remark.textContent = isVanishing ? say(words.vanish, Math.round(last / Math.max(first, 1e-30)).toLocaleString()) : "";
  }

  private say(text: string): void {
    if (this.fault.textContent !== text) this.fault.textContent = text;
  }

  private toggle(): void {
    this.act(this.running ? "pause" : "run");
  }

  private act(what: "run" | "pause" | "step" | "reset"): void {
    this.queue(async id => {
      await api.post(`/api/trainings/${id}/${what}`);
      this.running = what === "run";
      this.drawRun();
    });
  }

  /** One request after the other, so that the last change wins. */
  private queue(act: (id: string) => Promise<void>): void {
    this.sending = this.sending.then(async () => {
      if (!this.id || this.left) return;
      try {
        await act(this.id);
      } catch (failure) {
        if (failure instanceof ApiError && failure.status === 404) await this.revive();
        else this.say(failure instanceof Error ? failure.message : String(failure));
      }
    });
  }

  private change(changed: { data?: Partial<Settings["data"]>; network?: Partial<Settings["network"]>; training?: Partial<Settings["training"]> }): void {
    this.take({
      data: { ...this.settings.data, ...changed.data }, network: { ...this.settings.network, ...changed.network },
      training: { ...this.settings.training, ...changed.training },
    });
  }

  private take(settings: Settings): void {
    this.settings = settings;
    note(toFragment(settings));
    this.drawPanels();
    this.queue(async id => { await api.put(`/api/trainings/${id}`, settings); });
  }

  private draw(x: number, y: number): void {
    if (this.settings.data.kind !== "points" || this.settings.data.points.length >= 500) return;
    const round = (value: number) => Math.round(value * 1000) / 1000;
    this.change({ data: { points: [...this.settings.data.points, { x: round(x), y: round(y), label: this.pen }] } });
  }

  private key(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, select, textarea, a, [contenteditable]")) return;
    if (event.key === " " && !target.closest("button")) this.toggle();
    else if (event.key === "ArrowRight" && !target.closest(".scroll")) this.act("step");
    else if (event.key.toLowerCase() === "r") this.act("reset");
    else return;
    event.preventDefault();
  }

  private async copy(): Promise<void> {
    note(toFragment(this.settings));
    try {
      await navigator.clipboard.writeText(location.href);
      this.context.toast(say(words.copied));
    } catch {
      this.context.toast(location.href);
    }
  }

  private drawRun(): void {
    this.runButton.replaceChildren(icon(this.running ? "pause" : "play"), say(this.running ? words.pause : words.run));
  }

  private drawPanels(): void {
    const { data, network, training } = this.settings;
    // A control that is in use keeps the focus when the panels are drawn anew.
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["key"] : undefined;
    this.plane.drawable = data.kind === "points";
    this.panels.replaceChildren(
      h("section", { class: "card" }, h("h2", {}, say(words.presets)),
        h("div", { class: "row" }, ...presets.map((preset, i) => this.button(`preset${i}`, say(preset.name), () => {
          this.take(structuredClone(preset.settings));
          this.act("reset");
        })))),
      h("section", { class: "card" }, h("h2", {}, say(words.data)),
        h("div", { class: "row" }, ...kinds.map(kind =>
          this.button(kind, say(kindNames[kind] ?? [kind, kind]), () => this.change({ data: { kind } }), data.kind === kind))),
        data.kind === "points" ? this.ownPoints() : h("div", {},
          this.slider(words.count, 20, 600, 20, data.count, value => this.change({ data: { count: value } })),
          this.slider(words.noise, 0, 0.3, 0.01, data.noise, value => this.change({ data: { noise: value } })),
          this.button("fresh", say(words.fresh), () => this.change({ data: { seed: data.seed + 1 } })))),
      h("section", { class: "card fields" },
        this.choice(words.optimizer, optimizers, training.optimizer, value => this.change({ training: { optimizer: value } })),
        this.figure(words.rate, training.learningRate, rates, value => this.change({ training: { learningRate: value } })),
        this.figure(words.batch, training.batchSize, [1, 4, 16, 64, 256], value => this.change({ training: { batchSize: Math.round(value) } })),
        this.choice(words.penalty, regularizations, training.regularization, value => this.change({ training: { regularization: value } })),
        this.figure(words.penaltyRate, training.regularizationRate, [0.0001, 0.001, 0.01, 0.1], value => this.change({ training: { regularizationRate: value } }))));
    const hidden = network.hidden;
    const set = (next: number[]) => this.change({ network: { hidden: next } });
    this.networkTools.replaceChildren(
      h("div", { class: "row" }, h("span", { class: "label" }, say(words.inputs)), ...features.map(feature =>
        this.button(`feature ${feature}`, feature, () => {
          const next = features.filter(name => name === feature ? !network.features.includes(name) : network.features.includes(name));
          if (next.length > 0) this.change({ network: { features: next } });
        }, network.features.includes(feature)))),
      h("div", { class: "row" }, h("span", { class: "label" }, say(words.layers)),
        this.small("fewer", "minus", say(words.fewer), hidden.length > 0, () => set(hidden.slice(0, -1))),
        h("span", { class: "mono" }, String(hidden.length)),
        this.small("more", "plus", say(words.more), hidden.length < mostLayers, () => set([...hidden, hidden.at(-1) ?? 4])),
        this.choice(words.activation, activations, network.activation, value => this.change({ network: { activation: value } }))),
      h("div", { class: "row" }, ...hidden.map((units, i) => h("span", { class: "row units" },
        this.small(`fewer ${i}`, "minus", say(words.fewerUnits, i + 1), units > 1, () => set(hidden.map((n, k) => k === i ? n - 1 : n))),
        h("span", { class: "mono" }, String(units)),
        this.small(`more ${i}`, "plus", say(words.moreUnits, i + 1), units < mostUnits, () => set(hidden.map((n, k) => k === i ? n + 1 : n)))))),
      h("div", { class: "row" }, h("span", { class: "label" }, say(words.lines)),
        this.button("show weights", say(words.weights), () => this.showLines(false), !this.network.showsGradients),
        this.button("show gradients", say(words.gradients), () => this.showLines(true), this.network.showsGradients),
        h("span", { class: "soft" }, say(words.scale))));
    if (focused) document.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  private showLines(gradients: boolean): void {
    this.network.showsGradients = gradients;
    this.drawPanels();
    this.schedule();
  }

  private ownPoints(): HTMLElement {
    const x = h("input", { type: "number", min: -1, max: 1, step: 0.05, value: 0, "aria-label": "x" });
    const y = h("input", { type: "number", min: -1, max: 1, step: 0.05, value: 0, "aria-label": "y" });
    const limit = (field: HTMLInputElement) => Math.max(-1, Math.min(1, Number(field.value) || 0));
    return h("div", {},
      h("div", { class: "row spaced" },
        this.button("blue", say(words.blue), () => { this.pen = 0; this.drawPanels(); }, this.pen === 0),
        this.button("orange", say(words.orange), () => { this.pen = 1; this.drawPanels(); }, this.pen === 1),
        this.button("clear", say(words.clear), () => this.change({ data: { points: [] } }))),
      h("p", { class: "soft" }, say(words.drawHint)),
      h("div", { class: "row coordinates" }, "x", x, "y", y, this.button("add", say(words.add), () => this.draw(limit(x), limit(y)))));
  }

  private button(key: string, text: string, click: () => void, pressed?: boolean): HTMLButtonElement {
    return h("button", { "data-key": key, "aria-pressed": pressed === undefined ? null : String(pressed), click }, text);
  }

  private small(key: string, name: "plus" | "minus", label: string, enabled: boolean, click: () => void): HTMLButtonElement {
    return h("button", { "data-key": key, class: "square", "aria-label": label, title: label, disabled: !enabled, click }, icon(name));
  }

  private choice(name: Saying, values: readonly string[], value: string, take: (value: string) => void, show: (value: string) => string = text => text): HTMLElement {
    const id = freshId("choice");
    const select = h("select", { id, "data-key": `choice ${name[0]}` }, ...values.map(one => h("option", { value: one, selected: one === value }, show(one))));
    select.addEventListener("change", () => take(select.value));
    return h("span", { class: "field" }, h("label", { for: id }, say(name)), select);
  }

  private figure(name: Saying, value: number, offers: number[], take: (value: number) => void): HTMLElement {
    const id = freshId("figure"), list = freshId("offers");
    const field = h("input", { id, list, inputmode: "decimal", value: String(value), "data-key": `figure ${name[0]}`, autocomplete: "off" });
    field.addEventListener("change", () => {
      const read = Number(field.value);
      if (field.value.trim() === "" || !Number.isFinite(read) || read < 0) field.value = String(value);
      else take(read);
    });
    return h("span", { class: "field" }, h("label", { for: id }, say(name)), field,
      h("datalist", { id: list }, ...offers.map(offer => h("option", { value: String(offer) }))));
  }

  private slider(name: Saying, least: number, most: number, step: number, value: number, take: (value: number) => void): HTMLElement {
    const id = freshId("slider"), shown = h("output", { class: "mono", for: id }, String(value));
    const field = h("input", { id, type: "range", min: least, max: most, step, value: String(value), "data-key": `slider ${name[0]}` });
    field.addEventListener("input", () => { shown.textContent = field.value; });
    field.addEventListener("change", () => take(Number(field.value)));
    return h("div", { class: "slider" }, h("label", { for: id }, say(name)), field, shown);
  }
}
