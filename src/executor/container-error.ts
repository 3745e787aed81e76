import type { Language } from "../model/language.js";
import { say, type ExecutorMessage } from "./messages/index.js";

/** @throws ContainerError `root-only` */
export function requireRoot(): void {
  if (process.geteuid?.() !== 0) throw new ContainerError("root-only", {});
}

/**
 * Something that could not be done with a running container: there is none of this name, it has ended, or
 * what was asked makes no sense. `code` is for programs, `message` is English; see {@link describe}.
 *
 * @example
 * import { ContainerError, findContainer } from "cooper";
 *
 * try {
 *   findContainer("nobody");
 * } catch (error) {
 *   if (!(error instanceof ContainerError)) throw error;
 *   console.log(error.code); // container-missing
 *   console.log(error.describe("zh")); // 没有名为 nobody 的容器在运行；请看：cooper ps
 * }
 */
export class ContainerError extends Error {
  override readonly name = "ContainerError";

  constructor(
    readonly code: ExecutorMessage,
    /** What the message's placeholders stand for. */
    readonly values: Readonly<Record<string, string>>,
    options?: ErrorOptions,
  ) {
    super(say("en", code, values), options);
  }

  /** The message in a language. */
  describe(language: Language): string {
    return say(language, this.code, this.values);
  }
}
