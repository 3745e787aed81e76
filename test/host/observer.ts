/** Observes from inside a simulated host, with the product's own code, in one process that stays. */
import type { ObservedHost } from "../../src/executor/observe/host.js";
import type { ObservedState } from "../../src/executor/observe/state.js";
import type { HostProcess } from "./host-process.js";
import { helperProgram } from "../support/helper-program.js";

/** Where containers are recorded, when it is not root who runs them. */
export interface Where {
  readonly runDirectory?: string;
}

/** A line the agent reads. */
export type Request = Where & ({ readonly container: number } | { readonly host: true });

/** A line the agent answers with. */
export type Answer = { readonly result: unknown } | { readonly error: string };

export class Observer {
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(private readonly agent: HostProcess) {}

  static async start(
    spawn: (command: readonly [string, ...string[]]) => HostProcess,
  ): Promise<Observer> {
    return new Observer(spawn([process.execPath, await helperProgram("host/observer-agent.ts")]));
  }

  container(pid: number, where: Where = {}): Promise<ObservedState> {
    return this.#ask({ container: pid, ...where }) as Promise<ObservedState>;
  }

  host(where: Where = {}): Promise<ObservedHost> {
    return this.#ask({ host: true, ...where }) as Promise<ObservedHost>;
  }

  /** One question at a time: the next line is the answer. */
  #ask(request: Request): Promise<unknown> {
    const asked = this.#queue.then(async () => {
      const answered = lines(this.agent.stdout);
      this.agent.write(`${JSON.stringify(request)}\n`);
      await this.agent.until(({ stdout }) => lines(stdout) > answered);
      const answer = JSON.parse(this.agent.stdout.split("\n")[answered] ?? "") as Answer;
      if ("error" in answer) throw new Error(answer.error);
      return answer.result;
    });
    this.#queue = asked.catch(() => undefined);
    return asked;
  }

  close(): void {
    this.agent.endInput();
  }
}

const lines = (text: string) => text.split("\n").length - 1;
