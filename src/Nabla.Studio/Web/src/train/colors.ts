/** The two classes, and the two signs of a weight: blue and orange, which people who see few colours still tell apart. */
export const one = [217, 115, 13] as const, zero = [47, 111, 219] as const;

export function css(color: readonly [number, number, number], alpha = 1): string {
  return `rgb(${color[0]} ${color[1]} ${color[2]} / ${alpha})`;
}

/** From class 0 over paper to class 1. */
export function shade(part: number, paper: readonly [number, number, number]): [number, number, number] {
  const end = part > 0.5 ? one : zero, strength = Math.min(1, Math.abs(part - 0.5) * 2) * 0.85;
  return [mix(paper[0], end[0], strength), mix(paper[1], end[1], strength), mix(paper[2], end[2], strength)];
}

function mix(from: number, to: number, part: number): number {
  return Math.round(from + (to - from) * part);
}

export function paper(): [number, number, number] {
  const dark = document.documentElement.dataset["theme"] === "dark"
    || (document.documentElement.dataset["theme"] !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  return dark ? [23, 27, 36] : [255, 255, 255];
}

/** A square of shades on a canvas of as many pixels as there are cells; the browser makes it larger. */
export function paint(canvas: HTMLCanvasElement, values: Uint8Array, size: number): void {
  if (canvas.width !== size) canvas.width = canvas.height = size;
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(size, size), ground = paper();
  for (let i = 0; i < size * size; i++) {
    const [red, green, blue] = shade((values[i] ?? 128) / 255, ground);
    image.data.set([red, green, blue, 255], 4 * i);
  }
  context.putImageData(image, 0, 0);
}
