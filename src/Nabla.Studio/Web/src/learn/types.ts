import type { ExploreAnswer } from "../graph/types";

/** The lessons' JSON: docs/studio.md, "Learn". */
export interface LessonLine { id: string; part: string; partTitle: string; title: string; summary: string; exercises: number; quizzes: number }
export interface Blank { id: string; kind: string; node: number; from?: number; to?: number; element?: number; prompt: string }
export type Section = { title?: string } & (
  | { kind: "text"; text: string }
  | { kind: "graph"; program: string; detail: string; explore: ExploreAnswer }
  | { kind: "table"; columns: string[]; rows: string[][] }
  | { kind: "plot"; x: number[]; curves: { name: string; formula: string; values: (number | string)[]; derivative: (number | string)[] }[] }
  | { kind: "code"; language: string; code: string }
  | { kind: "quiz"; id: string; question: string; choices: string[] }
  | { kind: "exercise"; id: string; task: string; program: string; explore: ExploreAnswer; blanks: Blank[] });
export interface Lesson { id: string; part: string; partTitle: string; title: string; summary: string; sections: Section[] }
export interface Verdict { correct: boolean; parts: { id: string; correct: boolean; message: string }[] }
