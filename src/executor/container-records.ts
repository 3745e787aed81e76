import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { aliveLauncher, containerDirectories, readOrEmpty } from "../steps/records.js";
import { ContainerError } from "./container-error.js";
import { identify, type ProcessIdentity } from "./process-identity.js";

/** What the record of a container tells; scripts and programs write the same. */
export interface ContainerRecord {
  readonly name: string;
  /** `starting` until its command runs; `dead` when its launcher has ended and left things behind. */
  readonly status: "starting" | "running" | "dead";
  /** The process that started it and waits for it. */
  readonly launcher: number | undefined;
  /** Its first process, as this host numbers it. */
  readonly process: ProcessIdentity | undefined;
  readonly address: string | undefined;
  /** Where the record lies. */
  readonly directory: string;
}

/** The records of all containers of this host, by name. */
export function readContainerRecords(): ContainerRecord[] {
  return containerDirectories()
    .sort()
    .map(readContainerRecord)
    .filter((record) => record !== undefined);
}

/** Undefined when there is no such directory (any more). */
function readContainerRecord(directory: string): ContainerRecord | undefined {
  const launcher = aliveLauncher(directory);
  const line = (file: string) => readOrEmpty(path.join(directory, file)).trim() || undefined;
  const pid = Number(line("pid"));
  const address = line("address");
  const found = pid > 0 ? identify(pid) : undefined;
  // A process that the launcher did not start only has the same number as one that has ended.
  const isContainer = launcher !== undefined && descendsFrom(pid, launcher) && hasOwnRoot(pid);
  const process = isContainer ? found : undefined;
  if (launcher === undefined && !existsSync(directory)) return undefined;
  return {
    name: path.basename(directory),
    status: launcher === undefined ? "dead" : process === undefined ? "starting" : "running",
    launcher,
    process,
    address,
    directory,
  };
}

/**
 * The running container of a name.
 *
 * @throws ContainerError `container-missing`, `container-starting`
 */
export function runningContainer(
  name: string,
): ContainerRecord & { readonly process: ProcessIdentity } {
  const directory = containerDirectories().find((each) => path.basename(each) === name);
  const record = directory === undefined ? undefined : readContainerRecord(directory);
  if (record === undefined || record.status === "dead")
    throw new ContainerError("container-missing", { name });
  const { process } = record;
  if (process === undefined) throw new ContainerError("container-starting", { name });
  return { ...record, process };
}

/** Whether a process was started by another, directly or not. Between a script and its container there is a shell. */
function descendsFrom(pid: number, ancestor: number): boolean {
  for (let current = pid; current > 0; current = parentOf(current))
    if (current === ancestor) return true;
  return false;
}

/** Whether a process has left the host's root directory: until then a script is still building the container. */
function hasOwnRoot(pid: number): boolean {
  try {
    const [own, host] = [statSync(`/proc/${pid}/root/`), statSync("/")];
    return own.ino !== host.ino || own.dev !== host.dev;
  } catch (error) {
    // Who may not know is told what most probably is.
    return (error as NodeJS.ErrnoException).code === "EACCES";
  }
}

/** Field 4 of /proc/PID/stat; the second is a command in parentheses, which may hold anything. */
function parentOf(pid: number): number {
  const statistics = readOrEmpty(`/proc/${pid}/stat`);
  return Number(statistics.slice(statistics.lastIndexOf(") ") + 2).split(" ")[1] ?? 0);
}
