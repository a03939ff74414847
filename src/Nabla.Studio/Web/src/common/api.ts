import { current, say } from "./language";

/** What the server refused, in the language asked for; with the place in the program where there is one. */
export class ApiError extends Error {
  readonly status: number;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly input: string | undefined;

  constructor(status: number, answer: { error?: unknown; line?: number; column?: number; length?: number; input?: string }) {
    super(typeof answer.error === "string" ? answer.error : `HTTP ${status}`);
    this.status = status;
    this.line = answer.line ?? 0;
    this.column = answer.column ?? 0;
    this.length = answer.length ?? 0;
    this.input = answer.input;
  }
}

const unreachable = ["The studio's server does not answer. Is it still running?", "스튜디오 서버가 답하지 않습니다. 아직 실행 중인가요?"] as const;

async function ask<T>(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const request: RequestInit = { method, signal: signal ?? null };
  if (body !== undefined) {
    request.headers = { "Content-Type": "application/json" };
    request.body = JSON.stringify(body);
  }
  let response: Response;
  try {
    response = await fetch(path, request);
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === "AbortError") throw failure;
    throw new ApiError(0, { error: say(unreachable) });
  }
  const answer = await response.json().catch(() => ({})) as unknown;
  if (!response.ok) throw new ApiError(response.status, answer as object);
  return answer as T;
}

/** Requests to the studio's server. Bodies get the page's language. */
export const api = {
  get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return ask("GET", `${path}${path.includes("?") ? "&" : "?"}language=${current()}`, undefined, signal);
  },
  post<T>(path: string, body: object = {}, signal?: AbortSignal): Promise<T> {
    return ask("POST", path, { ...body, language: current() }, signal);
  },
  put<T>(path: string, body: object, signal?: AbortSignal): Promise<T> {
    return ask("PUT", path, { ...body, language: current() }, signal);
  },
  delete<T>(path: string): Promise<T> {
    return ask("DELETE", path, undefined);
  },
};

export function isAborted(failure: unknown): boolean {
  return failure instanceof DOMException && failure.name === "AbortError";
}
