import { h, s } from "../common/dom";
import { say } from "../common/language";
import { bytes, number, type Settings, type State } from "./settings";
import { paint } from "./colors";

const tile = 38, gapX = 62, gapY = 12, top = 8, left = 8;

/** The network as columns of units; each tile shows what its unit gives over the plane, each line a weight or its gradient. */
export class NetworkDrawing {
  readonly element: HTMLElement;
  showsGradients = false;
  private readonly lines = s("g", {});
  private readonly svg = s("svg", { class: "wires", "aria-hidden": "true" }, this.lines);
  private readonly sheet = h("div", { class: "sheet" }, this.svg);
  private readonly told = h("p", { class: "told mono", "aria-live": "off" });
  private tiles: HTMLCanvasElement[][] = [];
  private wires: SVGPathElement[][][] = [];
  private signature = "";
  private state: State | null = null;
  private settings: Settings | null = null;
  private pointed: [number, number, number] | null = null;

  constructor() {
    this.element = h("div", {}, h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": say(["The network", "신경망"]) }, this.sheet), this.told);
  }

  show(state: State, settings: Settings): void {
    this.state = state;
    this.settings = settings;
    const shape = `${settings.network.features.join()}|${state.layers.map(layer => layer.weights.length).join()}`;
    if (shape !== this.signature) this.build(state, settings);
    this.signature = shape;
    state.layers.forEach((layer, l) => {
      layer.units.forEach((unit, u) => {
        const canvas = this.tiles[l]?.[u];
        if (canvas) paint(canvas, bytes(unit), state.unitSize);
      });
      const rows = this.showsGradients ? layer.weightGradients : layer.weights;
      // Gradients of different layers may differ a thousandfold; each layer has its own scale, and the bars below compare them.
      const most = Math.max(1e-30, ...rows.flat().map(value => Math.abs(number(value))).filter(Number.isFinite));
      rows.forEach((row, o) => row.forEach((value, i) => {
        const wire = this.wires[l]?.[o]?.[i];
        if (!wire) return;
        const part = Math.min(1, Math.abs(number(value)) / most);
        wire.style.strokeWidth = String(0.4 + 4.6 * part);
        wire.style.strokeOpacity = String(0.25 + 0.75 * part);
        wire.setAttribute("class", number(value) < 0 ? "wire negative" : "wire positive");
      }));
    });
    this.tell();
  }

  private build(state: State, settings: Settings): void {
    const columns = [settings.network.features.length, ...state.layers.map(layer => layer.weights.length)];
    const height = top * 2 + Math.max(...columns) * (tile + gapY);
    const width = left * 2 + columns.length * (tile + gapX);
    this.svg.setAttribute("width", String(width));
    this.svg.setAttribute("height", String(height));
    this.sheet.style.width = `${width}px`;
    this.sheet.style.height = `${height}px`;
    this.lines.replaceChildren();
    this.sheet.replaceChildren(this.svg);
    this.tiles = [];
    this.wires = [];
    const x = (column: number) => left + column * (tile + gapX);
    const y = (column: number, unit: number) => top + ((Math.max(...columns) - (columns[column] ?? 0)) / 2 + unit) * (tile + gapY);
    settings.network.features.forEach((name, unit) => this.sheet.append(this.place(h("div", { class: "feature mono" }, name), x(0), y(0, unit))));
    state.layers.forEach((layer, l) => {
      this.tiles.push(layer.units.map((_, unit) => {
        const canvas = h("canvas", { class: "unit", width: state.unitSize, height: state.unitSize, "aria-hidden": "true" });
        this.sheet.append(this.place(canvas, x(l + 1), y(l + 1, unit)));
        return canvas;
      }));
      this.wires.push(layer.weights.map((row, o) => row.map((_, i) => {
        const from = { x: x(l) + tile + 1, y: y(l, i) + tile / 2 }, to = { x: x(l + 1) - 1, y: y(l + 1, o) + tile / 2 }, middle = (from.x + to.x) / 2;
        const wire = s("path", { d: `M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}` });
        wire.addEventListener("pointerenter", () => { this.pointed = [l, o, i]; this.tell(); });
        this.lines.append(wire);
        return wire;
      })));
    });
    this.pointed = null;
  }

  private place<E extends HTMLElement>(element: E, x: number, y: number): E {
    element.style.left = `${x}px`;
    element.style.top = `${y}px`;
    return element;
  }

  private tell(): void {
    if (!this.pointed || !this.state || !this.settings) {
      this.told.textContent = say([
        "Point at a line to read its weight, its gradient and the next change.", "선을 가리키면 가중치, 기울기, 다음 변화량을 볼 수 있습니다.",
      ]);
      return;
    }
    const [l, o, i] = this.pointed, layer = this.state.layers[l];
    const weight = number(layer?.weights[o]?.[i] ?? NaN), gradient = number(layer?.weightGradients[o]?.[i] ?? NaN);
    const rate = this.settings.training.learningRate;
    const change = this.settings.training.optimizer === "sgd"
      ? `   −${short(rate)} × ${short(gradient)} = ${short(-rate * gradient)}` : "";
    this.told.textContent = `${say(["layer", "층"])} ${l + 1}   w = ${short(weight)}   ∂L/∂w = ${short(gradient)}${change}`;
  }
}

export function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return (value !== 0 && Math.abs(value) < 0.001 ? value.toExponential(2) : value.toPrecision(4).replace(/\.?0+$/, "")).replace(/-/g, "−");
}
