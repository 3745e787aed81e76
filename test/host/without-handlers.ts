import { setTimeout as sleep } from "node:timers/promises";
import type { SimulatedHost } from "./simulated-host.js";

/**
 * Waits until a process has no handler for any signal. A shell that prints something and then executes another
 * command still has its own in between: a signal that comes then reaches neither.
 *
 * @param pid as the simulated host numbers it
 */
export async function withoutHandlers(host: SimulatedHost, pid: number): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const status = await host.readFile(`/proc/${String(pid)}/status`);
    if (/^SigCgt:\t0+$/m.test(status)) return;
    if (Date.now() > deadline) throw new Error(`process ${String(pid)} has handlers:\n${status}`);
    await sleep(3);
  }
}
