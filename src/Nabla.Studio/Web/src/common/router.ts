/** Where the page is: the address's fragment, `#/explore?p=…` or `#/learn/B1`. */
export interface Place {
  room: string;
  path: string[];
  query: URLSearchParams;
}

export function here(): Place {
  const text = location.hash.replace(/^#\/?/, "");
  const split = text.indexOf("?");
  const parts = (split < 0 ? text : text.slice(0, split)).split("/").filter(part => part !== "").map(decode);
  return { room: parts[0] ?? "explore", path: parts.slice(1), query: new URLSearchParams(split < 0 ? "" : text.slice(split + 1)) };
}

/** Goes elsewhere; the step back leads here. */
export function go(hash: string): void {
  location.hash = hash;
}

/** Writes the state into the address without a step in the history and without an event. */
export function note(hash: string): void {
  if (location.hash !== hash) history.replaceState(null, "", hash);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
