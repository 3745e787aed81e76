import { constants } from "node:os";
import { handlesSignal } from "../executor/signal-delivery.js";
import { isTerminal } from "./is-terminal.js";

/** What a person at a terminal, or who stops a service, sends to the launcher and means the command. */
const forwarded = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"] as const;

interface Receiver {
  readonly pid: number;
  kill(signal: NodeJS.Signals): boolean;
}

/**
 * Passes on the signals that this process gets: what is typed at a terminal has reached the command too, if
 * it handles it at all. Before there is a command, a signal ends the building.
 */
export class SignalForwarder {
  readonly #building = new AbortController();
  #receivers: readonly Receiver[] | undefined;
  #received: NodeJS.Signals | undefined;

  constructor() {
    for (const name of forwarded)
      process.on(name, () => {
        this.#forward(name);
      });
  }

  /** Aborted by a signal that comes before there is a receiver. */
  get building(): AbortSignal {
    return this.#building.signal;
  }

  /** The exit status of what a signal ended before there was a receiver. */
  get interruption(): number | undefined {
    return this.#received && 128 + constants.signals[this.#received];
  }

  /** From here on signals go to `receivers`. */
  to(...receivers: readonly Receiver[]): void {
    this.#receivers = receivers;
  }

  #forward(name: NodeJS.Signals): void {
    if (this.#receivers === undefined) {
      this.#received ??= name;
      this.#building.abort();
      return;
    }
    const typed = (name === "SIGINT" || name === "SIGQUIT") && isTerminal(0);
    for (const receiver of this.#receivers)
      if (!typed || !handlesSignal(receiver.pid, constants.signals[name])) receiver.kill(name);
  }
}
