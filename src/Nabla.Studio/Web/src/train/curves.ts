import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { h } from "../common/dom";
import { say } from "../common/language";
import { number, type Numeric } from "./settings";
import { css, one, zero } from "./colors";

/** The loss over the steps, on the points learned from and on those kept for testing. */
export class LossCurve {
  readonly element = h("div", { class: "curve", role: "img" });
  private plot: uPlot | null = null;
  private steps: number[] = [];
  private train: (number | null)[] = [];
  private test: (number | null)[] = [];
  private readonly watcher = new ResizeObserver(() => this.plot?.setSize({ width: this.element.clientWidth, height: 190 }));

  constructor() {
    this.watcher.observe(this.element);
  }

  begin(history: Numeric[][]): void {
    [this.steps, this.train, this.test] = [[], [], []];
    for (const [step, train, test] of history) this.push(number(step ?? 0), number(train ?? NaN), number(test ?? NaN));
    this.draw();
  }

  add(step: number, train: number, test: number): void {
    const last = this.steps.at(-1) ?? -1;
    if (step <= last) return;
    this.push(step, train, test);
    if (this.steps.length > 2000) {
      const keep = <T>(list: T[]) => list.filter((_, i) => i % 2 === 0);
      [this.steps, this.train, this.test] = [keep(this.steps), keep(this.train), keep(this.test)];
    }
    this.draw();
  }

  destroy(): void {
    this.watcher.disconnect();
    this.plot?.destroy();
  }

  /** The colours are the theme's: drawn anew when it changes. */
  redraw(): void {
    this.plot?.destroy();
    this.plot = null;
    this.draw();
  }

  private push(step: number, train: number, test: number): void {
    this.steps.push(step);
    this.train.push(Number.isFinite(train) ? train : null);
    this.test.push(Number.isFinite(test) ? test : null);
  }

  private draw(): void {
    const data: uPlot.AlignedData = [this.steps, this.train, this.test];
    if (this.plot) {
      this.plot.setData(data);
    } else if (this.element.isConnected) {
      const style = getComputedStyle(document.documentElement);
      const ink = style.getPropertyValue("--soft").trim(), line = style.getPropertyValue("--line").trim();
      const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } };
      this.plot = new uPlot({
        width: this.element.clientWidth || 300, height: 190, legend: { show: false }, cursor: { show: false },
        scales: { x: { time: false }, y: { range: (_, __, most) => [0, Math.max(most * 1.05, 0.01)] } },
        axes: [{ ...axis, size: 30 }, { ...axis, size: 48 }],
        series: [{}, { stroke: css(zero), width: 2 }, { stroke: css(one), width: 2, dash: [6, 4] }],
      }, data, this.element);
    }
    this.element.setAttribute("aria-label", say([
      "Loss over {0} steps: learned from {1}, kept for testing {2}", "{0}스텝의 손실: 학습 {1}, 시험 {2}",
    ], this.steps.at(-1) ?? 0, this.train.at(-1)?.toFixed(4) ?? "—", this.test.at(-1)?.toFixed(4) ?? "—"));
  }
}
