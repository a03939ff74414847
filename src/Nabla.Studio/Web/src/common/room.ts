import type { Place } from "./router";

/** What a room is given. */
export interface Context {
  place: Place;
  /** Says something to screen readers without moving the focus. */
  announce(text: string): void;
  /** Shows a short note at the foot of the page, which goes by itself. */
  toast(text: string): void;
}

/** A room that stands on the page. It is left and entered anew when the language changes. */
export interface Room {
  /** The address changed within this room. False asks to be entered anew. */
  moved?(place: Place): boolean;
  /** Ends timers, requests and listeners. The element is emptied by the caller. */
  leave(): void;
}

/** Every room's module exports `mount`. */
export type Mount = (element: HTMLElement, context: Context) => Room;
