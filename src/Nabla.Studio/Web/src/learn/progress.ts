import { recall, remember } from "../common/storage";

/** What this browser remembers of a learner: lessons opened, and questions answered rightly. */
const done = new Set<string>((recall("progress") ?? "").split(" ").filter(key => key !== ""));

export const progress = {
  has: (key: string) => done.has(key),
  add(key: string) {
    done.add(key);
    remember("progress", [...done].join(" "));
  },
  forget() {
    done.clear();
    remember("progress", null);
  },
};
