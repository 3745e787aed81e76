import { readContainerRecords, type ContainerRecord } from "./container-records.js";
import { readStrings } from "./observe/proc.js";
import { type ClaimedPort, readPorts } from "../steps/ports.js";
import { readOrEmpty } from "../steps/records.js";

/** A container of this host, as `cooper ps` lists it. */
export interface ContainerSummary {
  readonly name: string;
  /**
   * `starting` until its command runs; `dead` when who started it has ended without taking it down: see
   * {@link clean}.
   */
  readonly status: ContainerRecord["status"];
  /** The id by which this host knows its first process; undefined unless it runs. */
  readonly pid: number | undefined;
  /** The process that started it and waits for it; undefined when that is dead. */
  readonly launcher: number | undefined;
  /** The container whose network it shares; undefined when it has its own or the host's. */
  readonly joined: string | undefined;
  /** The leased IPv4 address; undefined without a bridge. */
  readonly address: string | undefined;
  /** The ports of the host that lead to it, and to which of its own. */
  readonly ports: readonly ClaimedPort[];
  /** When its first process was started, to a hundredth of a second. */
  readonly started: Date | undefined;
  /** What its first process runs. */
  readonly args: readonly string[];
}

/**
 * Lists the containers of this host, by name, whoever started them: a program through {@link run}, the command
 * line or a generated script.
 *
 * @example
 * import { listContainers, run } from "cooper";
 *
 * await using box = await run({ name: "box", privileged: true, process: { args: ["sleep", "60"] } });
 * const [first] = listContainers();
 * console.log(first?.name, first?.status, first?.pid === box.pid, first?.args.join(" ")); // box running true sleep 60
 */
export function listContainers(): ContainerSummary[] {
  return readContainerRecords().map(({ name, status, process, launcher, address, directory }) => ({
    name,
    status,
    pid: process?.pid,
    launcher,
    joined: readOrEmpty(`${directory}/joined`).trim() || undefined,
    address,
    ports: readPorts(directory),
    started: process && dateOf(process.started),
    args: process === undefined ? [] : argumentsOf(process.pid),
  }));
}

function argumentsOf(pid: number): string[] {
  try {
    return readStrings(`/proc/${pid}/cmdline`);
  } catch {
    // It has ended since.
    return [];
  }
}

/** The kernel counts from its own start, in hundredths of a second. Source: proc(5). */
function dateOf(ticks: string): Date {
  const uptime = Number(readOrEmpty("/proc/uptime").split(" ")[0]);
  return new Date(Date.now() - (uptime - Number(ticks) / 100) * 1000);
}
