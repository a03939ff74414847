import { remember } from "./storage";

export type Language = "en" | "ko";

/** A text in both languages; {0}, {1} stand for what is filled in. */
export type Saying = readonly [en: string, ko: string];

export function current(): Language {
  return document.documentElement.lang === "ko" ? "ko" : "en";
}

export function choose(language: Language): void {
  document.documentElement.lang = language;
  remember("language", language);
}

export function say(saying: Saying, ...parts: (string | number)[]): string {
  return saying[current() === "ko" ? 1 : 0].replace(/\{(\d)\}/g, (_, place: string) => String(parts[Number(place)] ?? ""));
}
