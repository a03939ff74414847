import { api, ApiError } from "../common/api";
import { h } from "../common/dom";
import { icon } from "../common/icons";
import { current, say, type Saying } from "../common/language";
import type { Context, Room } from "../common/room";
import type { Place } from "../common/router";
import { details } from "../graph/details";
import { GraphPlayer } from "../graph/player";
import { plots } from "./plot";
import { progress } from "./progress";
import { exercise, paragraphs, quiz } from "./questions";
import type { Lesson, LessonLine, Section } from "./types";
import "./learn.css";

const words = {
  title: ["Learn backpropagation", "역전파 배우기"],
  lead: ["Short lessons, from one multiplication to a network that trains. What you do is remembered in this browser alone.",
    "곱셈 하나에서 학습하는 신경망까지, 짧은 강의입니다. 진도는 이 브라우저에만 기억됩니다."],
  all: ["All lessons", "강의 목록"], previous: ["Previous", "이전"], next: ["Next", "다음"], progress: ["{0} of {1} lessons done", "강의 {1}개 중 {0}개 마침"],
  forget: ["Forget my progress", "진도 지우기"], sure: ["Forget what you have done so far?", "지금까지의 진도를 지울까요?"], done: ["done", "마침"], begun: ["begun", "시작함"],
  explore: ["Open in Explore", "탐구에서 열기"], value: ["value", "값"], derivative: ["derivative", "도함수"], none: ["There are no lessons in this build.", "이 빌드에는 강의가 없습니다."],
} satisfies Record<string, Saying>;

export function mount(element: HTMLElement, context: Context): Room {
  return new LearnRoom(element, context);
}

class LearnRoom implements Room {
  private lines: LessonLine[] = [];
  private turn = 0;
  private ends: (() => void)[] = [];
  private readonly themed = () => this.begins.forEach(begin => begin());
  private begins: (() => void)[] = [];

  constructor(private readonly element: HTMLElement, private readonly context: Context) {
    document.addEventListener("themechange", this.themed);
    void this.show(context.place, false);
  }

  moved(place: Place): boolean {
    void this.show(place, true);
    return true;
  }

  leave(): void {
    this.turn++;
    this.clear();
    document.removeEventListener("themechange", this.themed);
  }

  private clear(): void {
    this.ends.splice(0).forEach(end => end());
    this.begins = [];
    this.element.replaceChildren();
  }

  private async show(place: Place, isMove: boolean): Promise<void> {
    const turn = ++this.turn, id = place.path[0];
    try {
      if (this.lines.length === 0) this.lines = await api.get<LessonLine[]>("/api/lessons");
      const lesson = id === undefined ? null : await api.get<Lesson>(`/api/lessons/${encodeURIComponent(id)}`);
      if (turn !== this.turn) return;
      this.clear();
      if (lesson) this.drawLesson(lesson);
      else this.drawList();
      this.begins.forEach(begin => begin());
      scrollTo(0, 0);
      if (isMove) this.element.querySelector<HTMLElement>("h1")?.focus();
    } catch (failure) {
      if (turn !== this.turn) return;
      this.clear();
      const isMissing = failure instanceof ApiError && failure.status === 404 && id === undefined;
      this.element.append(h("h1", { tabindex: -1 }, say(words.title)),
        h("p", { role: "alert" }, isMissing ? say(words.none) : failure instanceof Error ? failure.message : String(failure)),
        h("p", {}, h("a", { href: "#/learn" }, say(words.all))));
    }
  }

  private isDone(line: LessonLine): boolean {
    return progress.has(`${line.id}/all`);
  }

  private drawList(): void {
    const parts = new Map<string, LessonLine[]>();
    for (const line of this.lines) parts.set(line.part, [...(parts.get(line.part) ?? []), line]);
    const count = this.lines.filter(line => this.isDone(line)).length;
    const bar = h("progress", { max: this.lines.length, value: count, "aria-label": say(words.progress, count, this.lines.length) });
    this.element.append(h("h1", { tabindex: -1 }, say(words.title)), h("p", { class: "lead soft" }, say(words.lead)),
      h("div", { class: "row progress" }, bar, h("span", {}, say(words.progress, count, this.lines.length)),
        h("button", { class: "quiet", click: () => {
          if (!confirm(say(words.sure))) return;
          progress.forget();
          void this.show({ room: "learn", path: [], query: new URLSearchParams() }, true);
        } }, say(words.forget))),
      ...[...parts].map(([part, lines]) => h("section", { class: "part" }, h("h2", {}, `${part} · ${lines[0]?.partTitle ?? ""}`),
        h("ul", { class: "lessons" }, ...lines.map(line => h("li", {}, h("a", { class: "card lesson", href: `#/learn/${line.id}` },
          h("span", { class: "row" }, h("span", { class: "tag" }, line.id), h("strong", {}, line.title),
            this.isDone(line) ? h("span", { class: "done" }, icon("check"), say(words.done)) : progress.has(line.id) ? h("span", { class: "soft" }, say(words.begun)) : null),
          h("span", { class: "soft" }, line.summary))))))));
  }

  private drawLesson(lesson: Lesson): void {
    progress.add(lesson.id);
    document.title = `${lesson.id} ${lesson.title}`;
    const place = this.lines.findIndex(line => line.id === lesson.id);
    const way = (): HTMLElement => h("nav", { class: "row way", "aria-label": say(words.all) },
      link(this.lines[place - 1], words.previous), h("a", { class: "button", href: "#/learn" }, say(words.all)), link(this.lines[place + 1], words.next));
    const link = (line: LessonLine | undefined, word: Saying) =>
      line ? h("a", { class: `button${word === words.next ? " primary" : ""}`, href: `#/learn/${line.id}` }, `${say(word)}: ${line.id} ${line.title}`) : null;
    const sections = lesson.sections.map(section => this.drawSection(lesson, section));
    const asks = lesson.sections.filter(section => section.kind === "quiz" || section.kind === "exercise");
    if (asks.length === 0) progress.add(`${lesson.id}/all`);
    this.element.append(h("article", { class: "reading", lang: current() },
      h("p", { class: "soft crumb" }, `${lesson.part} · ${lesson.partTitle}`), h("h1", { tabindex: -1 }, `${lesson.id} — ${lesson.title}`),
      h("p", { class: "lead soft" }, lesson.summary), ...sections, way()));
  }

  private drawSection(lesson: Lesson, section: Section): HTMLElement {
    const heading = section.title ? h("h2", {}, section.title) : null;
    const changed = (): void => {
      const asks = lesson.sections.flatMap(one => one.kind === "quiz" || one.kind === "exercise" ? [one.id] : []);
      if (asks.every(id => progress.has(`${lesson.id}/${id}`))) {
        progress.add(`${lesson.id}/all`);
        this.context.toast(`${lesson.id} ✓`);
      }
    };
    switch (section.kind) {
      case "text": return h("section", {}, heading, ...paragraphs(section.text));
      case "graph": {
        const holder = h("section", { class: "card" }, heading), panel = h("div", { class: "node-panel" });
        const player = new GraphPlayer(holder, { onNode: node => panel.replaceChildren(details(section.explore.graph, node)) });
        holder.append(panel, h("p", {}, h("a", { href: `#/explore?${new URLSearchParams({ p: section.program, ...(section.detail === "gates" ? { d: "gates" } : {}) })}` }, say(words.explore))));
        this.begins.push(() => { if (player.stepCount === 0) void player.show(section.explore); });
        this.ends.push(() => player.destroy());
        return holder;
      }
      case "table": return h("section", { class: "card sideways", tabindex: 0, "aria-label": section.title ?? section.columns.join(", ") }, heading,
      h("table", { class: "figures" }, h("thead", {}, h("tr", {}, ...section.columns.map(name => name === "" ? h("td", {}) : h("th", { scope: "col" }, name)))),
        h("tbody", {}, ...section.rows.map(row => h("tr", {}, ...row.map(cell => h("td", { class: "mono" }, cell)))))));
      case "plot": {
        const made = plots(section);
        this.begins.push(made.begin);
        this.ends.push(made.end);
        return h("section", { class: "card" }, heading, h("p", { class: "key" }, h("span", { class: "is-value" }, `— ${say(words.value)}`), "   ",
          h("span", { class: "is-gradient" }, `- - ${say(words.derivative)}`)), made.element);
      }
      case "code": return h("section", { class: "card" }, heading, h("pre", { class: "code", tabindex: 0, "aria-label": section.title ?? "C#", role: "group" }, h("code", {}, section.code)));
      case "quiz": return quiz(lesson.id, section, changed);
      case "exercise": {
        const made = exercise(lesson.id, section, changed);
        this.ends.push(() => made.player.destroy());
        return made.element;
      }
    }
  }
}
