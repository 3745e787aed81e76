import type { Readable, Writable } from "node:stream";
import type { ExitStatus, LaunchedProcess } from "../kernel/launch/launched-process.js";
import { signalNumber } from "./signal-delivery.js";
import type { Streams } from "./streams.js";

/**
 * A command that was started inside a running container.
 *
 * @example
 * import { run } from "cooper";
 *
 * await using box = await run({ name: "box", privileged: true, process: { args: ["sleep", "60"] } });
 * const command = await box.exec(["sh", "-c", "exit 3"]);
 * console.log(await command.wait()); // { code: 3 }
 */
export class ContainerProcess implements AsyncDisposable {
  /** The id by which this host knows it. */
  readonly pid: number;
  /** Its standard streams, with `stdio: "pipe"`. */
  readonly stdin: Writable | undefined;
  readonly stdout: Readable | undefined;
  readonly stderr: Readable | undefined;
  readonly #process: LaunchedProcess;

  constructor(launched: LaunchedProcess, { stdin, stdout, stderr }: Streams) {
    this.pid = launched.pid;
    this.#process = launched;
    this.stdin = stdin;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  /**
   * Waits until the command has ended.
   *
   * @returns its exit code, or the signal that ended it
   */
  wait(): Promise<ExitStatus> {
    return this.#process.wait();
  }

  /**
   * Sends a signal, by name or number.
   *
   * @returns false when the command has ended
   * @throws ContainerError `signal-unknown`
   */
  kill(signal: NodeJS.Signals | number = "SIGTERM"): boolean {
    return this.#process.kill(signalNumber(signal));
  }

  /** Ends the command and waits until it is gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.kill("SIGKILL");
    await this.wait();
  }
}
