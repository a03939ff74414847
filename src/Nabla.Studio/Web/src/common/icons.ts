import { s } from "./dom";

const paths = {
  play: "M7 5l12 7-12 7z",
  pause: "M7 5h4v14H7zM13 5h4v14h-4z",
  next: "M6 5l9 7-9 7zM16 5h3v14h-3z",
  back: "M18 5l-9 7 9 7zM5 5h3v14H5z",
  rewind: "M12 5l-8 7 8 7zM20 5l-8 7 8 7z",
  end: "M4 5l8 7-8 7zM12 5l8 7-8 7z",
} as const;

const strokes = {
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  fit: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  sun: "M12 8a4 4 0 100 8 4 4 0 000-8M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2",
  moon: "M20 14A8 8 0 0110 4a8 8 0 1010 10z",
  link: "M10 14a4 4 0 005.7 0l3-3A4 4 0 0013 5.300l-1 1M14 10a4 4 0 00-5.700 0l-3 3A4 4 0 0011 18.700l1-1",
  check: "M5 12l5 5 9-10",
  cross: "M6 6l12 12M18 6L6 18",
  down: "M12 4v11M7 11l5 5 5-5M5 20h14",
} as const;

export type IconName = keyof typeof paths | keyof typeof strokes;

export function icon(name: IconName): SVGSVGElement {
  const filled = name in paths;
  const d = filled ? paths[name as keyof typeof paths] : strokes[name as keyof typeof strokes];
  return s("svg", { viewBox: "0 0 24 24", class: filled ? "icon filled" : "icon", "aria-hidden": "true" }, s("path", { d }));
}
