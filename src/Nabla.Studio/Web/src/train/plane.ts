import { h, s } from "../common/dom";
import { say } from "../common/language";
import { bytes, type Point, type State } from "./settings";
import { paint } from "./colors";

/** The plane with its points and what the network makes of every place. */
export class Plane {
  readonly element: HTMLElement;
  private readonly canvas = h("canvas", { class: "boundary", "aria-hidden": "true" });
  private readonly overlay = s("svg", { viewBox: "-1.03 -1.03 2.06 2.06", class: "points", role: "img" });

  constructor(onPoint: (x: number, y: number) => void) {
    this.element = h("div", { class: "plane" }, this.canvas, this.overlay);
    let last: { x: number; y: number } | null = null;
    const at = (event: PointerEvent) => {
      const box = this.overlay.getBoundingClientRect();
      return { x: ((event.clientX - box.left) / box.width) * 2.06 - 1.03, y: 1.03 - ((event.clientY - box.top) / box.height) * 2.06 };
    };
    const put = (event: PointerEvent) => {
      const place = at(event);
      if (Math.abs(place.x) > 1 || Math.abs(place.y) > 1 || (last && Math.hypot(last.x - place.x, last.y - place.y) < 0.07)) return;
      last = place;
      onPoint(place.x, place.y);
    };
    this.overlay.addEventListener("pointerdown", event => { last = null; this.overlay.setPointerCapture(event.pointerId); put(event); });
    this.overlay.addEventListener("pointermove", event => { if (event.buttons & 1) put(event); });
  }

  set drawable(on: boolean) {
    this.element.classList.toggle("drawable", on);
  }

  show(state: State): void {
    paint(this.canvas, bytes(state.boundary), state.boundarySize);
  }

  points(points: Point[]): void {
    const count = (label: number) => points.filter(point => point.label === label).length;
    this.overlay.setAttribute("aria-label", say([
      "The plane with {0} blue circles and {1} orange squares; the colour behind them is what the network says of each place",
      "파란 원 {0}개와 주황 사각형 {1}개가 있는 평면입니다. 배경색은 신경망이 그 자리를 어느 쪽으로 보는지를 나타냅니다",
    ], count(0), count(1)));
    // Class by form as well as by colour; those kept for testing are hollow.
    this.overlay.replaceChildren(...points.map(point => {
      const look = `${point.label === 1 ? "class-one" : "class-zero"}${point.isTest ? " test" : ""}`;
      return point.label === 1
        ? s("rect", { x: point.x - 0.019, y: -point.y - 0.019, width: 0.038, height: 0.038, class: look })
        : s("circle", { cx: point.x, cy: -point.y, r: 0.022, class: look });
    }));
  }
}
