import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { h } from "../common/dom";
import { say } from "../common/language";
import { number } from "../graph/types";
import type { Section } from "./types";

/** Curves with their derivatives, a picture each; returns what ends them. */
export function plots(section: Section & { kind: "plot" }): { element: HTMLElement; begin(): void; end(): void } {
  const made: uPlot[] = [], holders = section.curves.map(() => h("div", { class: "curve" }));
  const element = h("div", { class: "plots" }, ...section.curves.map((curve, i) => h("figure", {},
    h("figcaption", {}, h("strong", {}, curve.name), " ", h("span", { class: "mono soft" }, curve.formula)), holders[i] ?? null)));
  const begin = (): void => {
    end();
    const style = getComputedStyle(document.documentElement), color = (name: string) => style.getPropertyValue(name).trim();
    const axis = { stroke: color("--soft"), grid: { stroke: color("--line"), width: 1 }, ticks: { stroke: color("--line"), width: 1 } };
    section.curves.forEach((curve, i) => {
      const holder = holders[i];
      if (!holder) return;
      holder.setAttribute("role", "img");
      holder.setAttribute("aria-label", say(["{0} and its derivative", "{0}와 그 도함수"], curve.name));
      const column = (values: (number | string)[]) => values.map(value => Number.isFinite(number(value)) ? number(value) : null);
      made.push(new uPlot({
        width: holder.clientWidth || 280, height: 170, legend: { show: false }, cursor: { show: false }, scales: { x: { time: false } },
        axes: [{ ...axis, size: 28 }, { ...axis, size: 40 }],
        series: [{}, { stroke: color("--value"), width: 2 }, { stroke: color("--gradient"), width: 2, dash: [6, 4] }],
      }, [section.x, column(curve.values), column(curve.derivative)], holder));
    });
  };
  const end = (): void => made.splice(0).forEach(plot => plot.destroy());
  return { element, begin, end };
}
