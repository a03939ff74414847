import { remember } from "./storage";

export type Theme = "light" | "dark";

export function shown(): Theme {
  const chosen = document.documentElement.dataset["theme"];
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function choose(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
  remember("theme", theme);
  document.dispatchEvent(new Event("themechange"));
}
