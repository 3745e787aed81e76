import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { patience } from "../support/prepared.js";

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
}

/** A command that runs in a simulated host. */
export class HostProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<Outcome>;
  #stdout = "";
  #stderr = "";
  #done = false;

  /**
   * @param command what starts it: `nsenter`, whose only child is the process that is meant
   * @param input what it reads; undefined leaves standard input open for {@link write}
   */
  constructor(
    command: readonly [string, ...string[]],
    env: Readonly<Record<string, string>>,
    input: string | undefined,
  ) {
    const [file, ...rest] = command;
    // A session of its own: no terminal of the person who runs the tests takes part.
    this.#child = spawn(file, rest, { env, stdio: "pipe", detached: true });
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.#stdout += text;
    });
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr += text;
    });
    // A command may end without reading what it was given.
    this.#child.stdin?.on("error", () => undefined);
    if (input !== undefined) this.#child.stdin?.end(input);
    this.#ended = new Promise((resolve, reject) => {
      this.#child.on("error", reject);
      this.#child.on("close", (code, signal) => {
        this.#done = true;
        resolve({
          stdout: this.#stdout,
          stderr: this.#stderr,
          exitCode: code ?? undefined,
          signal: signal ?? undefined,
        });
      });
    });
  }

  /** What it has written so far. */
  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  /** Whether it has ended and everything it wrote was read. */
  get ended(): boolean {
    return this.#done;
  }

  write(text: string): void {
    this.#child.stdin?.write(text);
  }

  /** Nothing more is there to read. */
  endInput(): void {
    this.#child.stdin?.end();
  }

  /** When it has ended. */
  wait(): Promise<Outcome> {
    return this.#ended;
  }

  /** The process id by which this machine knows it. */
  async pid(): Promise<number> {
    const parent = String(this.#child.pid);
    while (!this.#done) {
      const children = await readFile(`/proc/${parent}/task/${parent}/children`, "utf8").catch(
        () => "",
      );
      if (children !== "") return Number(children.trim().split(" ")[0]);
      await sleep(2);
    }
    throw new Error(`it has ended already:\n${this.#stderr}`);
  }

  /** Sends it a signal, and it alone. */
  async kill(signal: NodeJS.Signals): Promise<void> {
    process.kill(await this.pid(), signal);
  }

  /** Waits until `condition` holds for what it has written. */
  async until(condition: (written: { stdout: string; stderr: string }) => boolean): Promise<void> {
    const deadline = Date.now() + 20_000 * patience;
    while (!condition({ stdout: this.#stdout, stderr: this.#stderr })) {
      if (this.#done || Date.now() > deadline)
        throw new Error(
          `${this.#done ? "it ended" : "nothing happened"} first:\n${this.#stdout}\n${this.#stderr}`,
        );
      await sleep(3);
    }
  }
}
