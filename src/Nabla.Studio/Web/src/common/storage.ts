/** What the browser remembers between visits; nothing breaks where it may not. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`nabla.${key}`);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`nabla.${key}`);
    else localStorage.setItem(`nabla.${key}`, value);
  } catch {
    // Storage is off or full: the page works without.
  }
}
