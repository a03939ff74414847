import "./style.css";
import { h } from "./common/dom";
import { icon } from "./common/icons";
import * as language from "./common/language";
import { say } from "./common/language";
import type { Context, Mount, Room } from "./common/room";
import { go, here, type Place } from "./common/router";
import { words } from "./common/shell";
import * as theme from "./common/theme";
import { mount as explore } from "./explore";

type RoomName = "explore" | "learn" | "train" | "graph";

// Explore is the first page and comes with it; the others are fetched when they are entered.
const rooms: Record<RoomName, () => Promise<Mount>> = {
  explore: () => Promise.resolve(explore),
  learn: async () => (await import("./learn")).mount,
  train: async () => (await import("./train")).mount,
  graph: async () => (await import("./shown")).mount,
};
// The room of a graph that a program shows has no place in the menu: its address is the program's.
const names = ["explore", "learn", "train"] as const;

const top = document.getElementById("top") as HTMLElement;
const main = document.getElementById("room") as HTMLElement;
const announcer = document.getElementById("announcer") as HTMLElement;
let room: Room | null = null;
let entered = "";
let turn = 0;

const context = (place: Place): Context => ({
  place,
  announce(text) {
    announcer.textContent = text;
  },
  toast(text) {
    document.querySelector(".toast")?.remove();
    const note = h("div", { class: "toast" }, text);
    document.body.append(note);
    announcer.textContent = text;
    setTimeout(() => note.remove(), 2600);
  },
});

function drawTop(): void {
  const at = here().room;
  const isDark = theme.shown() === "dark";
  const themeLabel = say(isDark ? words.toLight : words.toDark);
  top.replaceChildren(
    h("a", { class: "brand", href: "#/explore" }, h("span", { class: "nabla", "aria-hidden": "true" }, "∇"), h("span", { class: "brand-name" }, "Nabla")),
    h("nav", { "aria-label": say(words.rooms) },
      ...names.map(name => h("a", { href: `#/${name}`, "aria-current": at === name ? "page" : null }, say(words[name])))),
    h("div", { class: "top-tools" },
      h("button", { class: "quiet", lang: language.current() === "ko" ? "en" : "ko", click: switchLanguage }, say(words.otherLanguage)),
      h("button", { class: "quiet square", "aria-label": themeLabel, title: themeLabel, click: switchTheme }, icon(isDark ? "sun" : "moon"))));
  (document.getElementById("skip") as HTMLElement).textContent = say(words.skip);
}

function switchLanguage(): void {
  language.choose(language.current() === "ko" ? "en" : "ko");
  void enter(true);
  top.querySelector<HTMLElement>(".top-tools button")?.focus();
}

function switchTheme(): void {
  theme.choose(theme.shown() === "dark" ? "light" : "dark");
  drawTop();
  top.querySelector<HTMLElement>(".top-tools button:last-child")?.focus();
}

async function enter(anew = false): Promise<void> {
  const place = here();
  const asked = place.query.get("language");
  if (asked === "en" || asked === "ko") language.choose(asked);
  drawTop();
  const name = (Object.keys(rooms) as RoomName[]).find(known => known === place.room);
  const isSame = name !== undefined && name === entered;
  if (isSame && !anew && room?.moved?.(place)) return;
  const mine = ++turn;
  const mount = name === undefined ? null : await rooms[name]();
  if (mine !== turn) return;
  room?.leave();
  main.replaceChildren();
  main.className = name === "graph" ? "graph-room" : name ?? "";
  entered = name ?? "";
  document.title = name === undefined || name === "graph" ? say(words.title) : `${say(words[name])} · ${say(words.title)}`;
  if (mount === null) {
    room = null;
    main.append(h("h1", {}, say(words.nowhere)), h("p", {}, h("a", { href: "#/explore" }, say(words.toExplore))));
    return;
  }
  room = mount(main, context(place));
}

// The skip link must not change the fragment, which says where the page is.
document.getElementById("skip")?.addEventListener("click", event => {
  event.preventDefault();
  main.focus();
});
addEventListener("hashchange", () => void enter());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  drawTop();
  document.dispatchEvent(new Event("themechange"));
});
if (location.hash === "") go("#/explore");
else void enter();

// Tells the server that a page is open, so that Studio.Show(f) knows when it is closed.
new EventSource("/api/presence");
