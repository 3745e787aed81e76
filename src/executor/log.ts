import type { Language } from "../model/language.js";
import type { Spec } from "../model/spec/parse.js";
import { type Bindings, evaluate, resolve } from "../model/value.js";
import type { Host, HostProblem } from "../steps/host.js";
import type { Step } from "../steps/step.js";
import { say } from "./messages/index.js";

/** Something that went wrong and does not stop anything. */
export interface Warning {
  /** The id of the step in the plan. */
  readonly step: string;
  /** What kind of problem it is, by the codes of the generated scripts. */
  readonly code: string;
  readonly message: string;
}

/** Tells what happens, line by line, in the words of a generated script. */
export class Log {
  #stale = false;
  #address = "";

  constructor(
    private readonly write: ((line: string) => void) | undefined,
    private readonly language: Language,
    private readonly bindings: Bindings,
    private readonly warning: ((warning: Warning) => void) | undefined,
  ) {}

  /** What is about to be built. */
  opening({ root, resources: { cpu, memory } }: Spec, { name, root: directory }: Host): void {
    this.#say("container-starts", { name });
    if (root.path !== undefined) this.#say("rootfs", { root: directory });
    if (cpu?.quota !== undefined) {
      const [quota, period] = [cpu.quota, cpu.period].map((each) =>
        evaluate("integer", each, this.bindings),
      ) as [number, number];
      this.#say("cpu-limit", { cpus: (Math.floor((quota * 100) / period) / 100).toFixed(2) });
    }
    if (memory !== undefined) {
      const bytes = evaluate("bytes", memory.limit, this.bindings);
      this.#say("memory-limit", { memory: String(Math.floor(bytes / 1024 / 1024)) });
    }
  }

  /** A step that begins. */
  step({ title }: Step): void {
    this.write?.(String(resolve(title[this.language], this.bindings)));
  }

  /** What the last step found out. */
  findings({ name, stale, address }: Host): void {
    if (stale && !this.#stale) this.#say("stale-cleared", { name });
    if (address !== this.#address) this.#say("container-address", { address });
    this.#stale = stale;
    this.#address = address;
  }

  /** Something that went wrong and does not stop anything. */
  warn(step: string, { code, values }: HostProblem): void {
    this.warning?.({ step, code, message: say(this.language, code, values) });
  }

  #say(code: string, values: Readonly<Record<string, string>>): void {
    this.write?.(say(this.language, code, values));
  }
}
