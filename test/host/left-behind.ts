import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import type { ObservedHost, ObservedState } from "../../src/executor/observe.js";
import { patience } from "../support/prepared.js";
import type { Where } from "./observer.js";
import type { SimulatedHost } from "./simulated-host.js";

/** The empty directories below /run/cooper, and the lock: the script says that they stay. */
const staying = /^(containers\/|host\/|made\/|networks\/([^/]+\/)?|lock)$/;

/** Which address was given last: it stays, and is another every time. */
const lastAddress = /^networks\/[^/]+\/last$/;

/** Checks that a host is exactly as it was before, but for the address that was given last. */
export async function expectUnchanged(host: SimulatedHost, before: ObservedHost): Promise<void> {
  const comparable = (observed: ObservedHost) => ({
    ...observed,
    runDirectory: without(observed.runDirectory, (name) => lastAddress.test(name)),
  });
  expect(comparable(await settled(host, { before }))).toEqual(comparable(before));
}

/** Checks that a host is as it was before, but for what is meant to stay. */
export async function expectNothingLeft(host: SimulatedHost, before: ObservedHost): Promise<void> {
  const comparable = (observed: ObservedHost) => ({
    ...observed,
    runDirectory: without(
      observed.runDirectory,
      (name, content) => lastAddress.test(name) || (content === "" && staying.test(name)),
    ),
  });
  expect(comparable(await settled(host, { before }))).toEqual(comparable(before));
}

const without = (
  directory: ObservedHost["runDirectory"],
  leaveOut: (name: string, content: string) => boolean,
) =>
  Object.fromEntries(
    Object.entries(directory).filter(([name, content]) => !leaveOut(name, content)),
  );

const cablesOf = ({ network }: ObservedHost) =>
  network.links.map(({ name }) => name).filter((name) => name.startsWith("veth"));

export interface SettledOptions {
  readonly where?: Where | undefined;
  /** The host as it was: its cables may stay. */
  readonly before?: ObservedHost | undefined;
}

/** The kernel takes a deleted network namespace apart, and the cable to it, a moment later. */
export async function settled(
  host: SimulatedHost,
  { where, before }: SettledOptions = {},
): Promise<ObservedHost> {
  const kept = before === undefined ? [] : cablesOf(before);
  for (let attempt = 0; ; attempt++) {
    const now = await host.observeHost(where);
    const going = cablesOf(now).filter((name) => !kept.includes(name));
    if (attempt === 50 * patience || going.length === 0) return now;
    await sleep(10);
  }
}

/** A state in which the container's own address, another one every time, is told as "<address>". */
export function withoutAddress(state: ObservedState): unknown {
  const links = state.network === "host" ? [] : state.network.links;
  const [address = ""] = links.find(({ name }) => name === "eth0")?.addresses[0]?.split("/") ?? [];
  const number = address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
  return JSON.parse(
    JSON.stringify(state).replaceAll(address, "<address>").replaceAll(String(number), "<number>"),
  ) as unknown;
}
