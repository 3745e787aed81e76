/** Observes from inside a simulated host, with the product's own code, in one process that stays. */
import { randomUUID } from "node:crypto";
import { mkdir, rename } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import type { ObservedHost } from "../../src/executor/observe/host.js";
import type { ObservedState } from "../../src/executor/observe/state.js";
import type { HostProcess } from "./host-process.js";
import { repository } from "./repository.js";

// Below node_modules, so that the bundle finds koffi; not in the repository.
const cache = path.join(repository, "node_modules/.cache/cooper-host-tests");

/** A line the agent reads. */
export type Request = { readonly container: number } | { readonly host: true };

/** A line the agent answers with. */
export type Answer = { readonly result: unknown } | { readonly error: string };

export class Observer {
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(private readonly agent: HostProcess) {}

  static async start(
    spawn: (command: readonly [string, ...string[]]) => HostProcess,
  ): Promise<Observer> {
    bundle ??= buildAgent();
    return new Observer(spawn([process.execPath, await bundle]));
  }

  container(pid: number): Promise<ObservedState> {
    return this.#ask({ container: pid }) as Promise<ObservedState>;
  }

  host(): Promise<ObservedHost> {
    return this.#ask({ host: true }) as Promise<ObservedHost>;
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

let bundle: Promise<string> | undefined;

async function buildAgent(): Promise<string> {
  await mkdir(cache, { recursive: true });
  const outfile = path.join(cache, "observer-agent.mjs");
  // Other test files build it at the same time: renaming never shows anyone half a file.
  const unfinished = `${outfile}.${randomUUID()}`;
  await build({
    entryPoints: [path.join(repository, "test/host/observer-agent.ts")],
    outfile: unfinished,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: ["koffi"],
    logLevel: "warning",
  });
  await rename(unfinished, outfile);
  return outfile;
}
