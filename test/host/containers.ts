import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { SimulatedHost } from "./simulated-host.js";
import type { ContainerInput } from "../../src/index.js";
import { patience } from "../support/prepared.js";
import { rootfs } from "./script.js";

/** The least there is: no network, no limits. */
export const plainContainer = {
  name: "box",
  privileged: true,
  root: { path: rootfs },
  process: { args: ["/bin/sh"], env: { PATH: "/bin" } },
} as const satisfies ContainerInput;

/** With everything that changes something on the host. */
export const bridgedContainer = {
  ...plainContainer,
  hostname: "box",
  resources: { cpu: { quota: 50_000 }, memory: { limit: "64MiB" } },
  network: { mode: "bridge", bridge: "test-br0", subnet: "10.200.1.0/24", dns: ["192.0.2.53"] },
} as const satisfies ContainerInput;

/** The process 1 of a container. A launcher writes it down the moment the command runs, not before. */
export async function recordedPid(host: SimulatedHost, name: unknown): Promise<number> {
  const file = host.path(`/run/cooper/containers/${String(name)}/pid`);
  for (let attempt = 0; attempt < 5000 * patience; attempt++) {
    const pid = Number(await readFile(file, "utf8").catch(() => ""));
    if (pid > 0) return pid;
    await sleep(2);
  }
  throw new Error(`${file} was not written`);
}
