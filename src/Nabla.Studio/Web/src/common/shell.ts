/** Sentences that several rooms share, and the frame around them. */
import type { Saying } from "./language";

export const words = {
  title: ["Nabla studio", "나블라 스튜디오"],
  skip: ["Skip to content", "본문으로 건너뛰기"],
  rooms: ["Rooms", "방"],
  explore: ["Explore", "탐구"],
  learn: ["Learn", "학습"],
  train: ["Train", "훈련"],
  otherLanguage: ["한국어", "English"],
  toDark: ["Dark theme", "어두운 화면"],
  toLight: ["Light theme", "밝은 화면"],
  loading: ["Loading…", "불러오는 중…"],
  again: ["Try again", "다시 시도"],
  nowhere: ["There is no such page.", "그런 페이지는 없습니다."],
  toExplore: ["Go to Explore", "탐구로 가기"],
} satisfies Record<string, Saying>;
