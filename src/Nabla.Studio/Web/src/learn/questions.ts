import { api } from "../common/api";
import { freshId, h } from "../common/dom";
import { icon } from "../common/icons";
import { say, type Saying } from "../common/language";
import { GraphPlayer } from "../graph/player";
import { progress } from "./progress";
import type { Blank, Section, Verdict } from "./types";

const words = {
  quiz: ["Quiz", "퀴즈"], exercise: ["Exercise", "연습 문제"], check: ["Check", "확인"], reveal: ["Show the answer", "답 보기"],
  choose: ["Choose an answer first.", "먼저 답을 고르세요."], fill: ["Fill in a number first.", "먼저 수를 채우세요."],
  right: ["Right!", "맞았습니다!"], all: ["All right!", "모두 맞았습니다!"],
} satisfies Record<string, Saying>;

/** A question with choices. */
export function quiz(lesson: string, section: Section & { kind: "quiz" }, changed: () => void): HTMLElement {
  const group = freshId("quiz"), verdict = h("p", { class: "verdict", role: "status" }), key = `${lesson}/${section.id}`;
  const fields = section.choices.map(choice => h("input", { type: "radio", name: group, value: choice }));
  const check = async (): Promise<void> => {
    const chosen = fields.find(field => field.checked);
    if (!chosen) {
      verdict.textContent = say(words.choose);
      return;
    }
    const answer = await ask(lesson, section.id, { choice: chosen.value }, false, verdict);
    if (!answer) return;
    tell(verdict, answer.correct, answer.parts[0]?.message || (answer.correct ? say(words.right) : ""));
    if (answer.correct) {
      progress.add(key);
      changed();
    }
  };
  return h("section", { class: "card question" },
    h("fieldset", {}, h("legend", {}, h("span", { class: "tag" }, say(words.quiz)), " ", section.question),
      ...section.choices.map((choice, i) => h("label", { class: "choice" }, fields[i], h("span", {}, ...rich(choice))))),
    h("div", { class: "row" }, h("button", { class: "primary", click: () => void check() }, say(words.check)), progress.has(key) ? done() : null), verdict);
}

/** A graph with blanks that the learner fills in; each is told whether it is right, and if not, which factor is wrong. */
export function exercise(lesson: string, section: Section & { kind: "exercise" }, changed: () => void): { element: HTMLElement; player: GraphPlayer } {
  const key = `${lesson}/${section.id}`, holder = h("div", {}), summary = h("p", { class: "verdict", role: "status" });
  const player = new GraphPlayer(holder, { atEnd: true });
  void player.show(section.explore);
  const rows = section.blanks.map(blank => blankRow(blank, id => player.pick(id)));
  const reveal = h("button", { hidden: true, click: () => void send(true) }, say(words.reveal));
  const send = async (isReveal: boolean): Promise<void> => {
    const answers = Object.fromEntries(rows.filter(row => row.field.value.trim() !== "").map(row => [row.id, row.field.value.trim()]));
    if (!isReveal && Object.keys(answers).length === 0) {
      summary.textContent = say(words.fill);
      return;
    }
    const verdict = await ask(lesson, section.id, answers, isReveal, summary);
    if (!verdict) return;
    for (const part of verdict.parts) {
      const row = rows.find(one => one.id === part.id);
      if (!row) continue;
      tell(row.message, part.correct, part.message);
      row.field.setAttribute("aria-invalid", String(!part.correct && !isReveal));
    }
    const correct = verdict.correct && !isReveal;
    tell(summary, correct, correct ? say(words.all) : "");
    reveal.hidden = verdict.correct;
    if (correct) {
      progress.add(key);
      changed();
    }
  };
  const element = h("section", { class: "card question" }, h("h2", {}, h("span", { class: "tag" }, say(words.exercise)), " ", section.title ?? ""),
    ...paragraphs(section.task), holder, h("div", { class: "blanks" }, ...rows.map(row => row.element)),
    h("div", { class: "row" }, h("button", { class: "primary", click: () => void send(false) }, say(words.check)), reveal, progress.has(key) ? done() : null), summary);
  return { element, player };
}

function blankRow(blank: Blank, pick: (node: number) => void): { id: string; field: HTMLInputElement; message: HTMLElement; element: HTMLElement } {
  const id = freshId("blank"), told = freshId("told");
  const field = h("input", { id, class: "mono", autocomplete: "off", inputmode: "text", "aria-describedby": told, focus: () => pick(blank.node) });
  const message = h("p", { class: "verdict", id: told, role: "status" });
  return { id: blank.id, field, message, element: h("div", { class: "blank" }, h("label", { for: id }, ...rich(blank.prompt)), field, message) };
}

async function ask(lesson: string, id: string, answers: Record<string, string>, reveal: boolean, verdict: HTMLElement): Promise<Verdict | null> {
  try {
    return await api.post<Verdict>(`/api/lessons/${lesson}/answers`, { id, answers, reveal });
  } catch (failure) {
    tell(verdict, false, failure instanceof Error ? failure.message : String(failure));
    return null;
  }
}

function tell(element: HTMLElement, correct: boolean, message: string): void {
  element.className = `verdict ${message === "" ? "" : correct ? "right" : "wrong"}`;
  element.replaceChildren(...(message === "" ? [] : [icon(correct ? "check" : "cross"), h("span", {}, message)]));
}

function done(): HTMLElement {
  return h("span", { class: "done" }, icon("check"));
}

export function paragraphs(text: string): HTMLElement[] {
  return text.split(/\n\s*\n/).map(part => h("p", {}, ...rich(part)));
}

/** **strong** and `code`, and nothing else. */
export function rich(text: string): (string | HTMLElement)[] {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).filter(part => part !== "").map(part =>
    part.startsWith("**") && part.endsWith("**") && part.length > 4 ? h("strong", {}, part.slice(2, -2))
      : part.startsWith("`") && part.endsWith("`") && part.length > 2 ? h("code", {}, part.slice(1, -1)) : part);
}
