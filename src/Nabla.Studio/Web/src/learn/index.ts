import { h } from "../common/dom";
import { say } from "../common/language";
import type { Context, Room } from "../common/room";

export function mount(element: HTMLElement, _context: Context): Room {
  element.append(h("h1", {}, say(["Learn", "학습"])));
  return { leave() {} };
}
