import {
  existsSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { reasonOf } from "../kernel/errno.js";
import { HostProblem } from "./host.js";
import { existingRunDirectory } from "./run-directory.js";

/** The small files by which containers know of each other; scripts and programs write the same. */

/**
 * When a process started, in clock ticks since boot: field 22 of /proc/PID/stat. With the id it names one
 * process for good, although ids are used again. Undefined when there is no such process.
 */
export function startTime(pid: number): string | undefined {
  const statistics = readOrEmpty(`/proc/${String(pid)}/stat`);
  // The second field is a command in parentheses, which may hold anything.
  return statistics.slice(statistics.lastIndexOf(") ") + 2).split(" ")[19];
}

/** The process that runs the container of a directory, if it is alive. */
export function aliveLauncher(directory: string): number | undefined {
  const [pid, started] = readOrEmpty(`${directory}/launcher`).trim().split(" ");
  if (pid === undefined || !/^[1-9][0-9]*$/.test(pid)) return undefined;
  return started !== undefined && startTime(Number(pid)) === started ? Number(pid) : undefined;
}

let ownStart: string | undefined;

/** The line that tells which process runs a container: this one. */
export function launcherLine(): string {
  ownStart ??= startTime(process.pid) ?? "";
  return `${String(process.pid)} ${ownStart}`;
}

/** Removes the directory of a container. */
export function removeContainerDirectory(directory: string): void {
  try {
    // Most have these files alone, and then there is no need to look what they have.
    for (const file of ["launcher", "pid"]) unlinkSync(`${directory}/${file}`);
    rmdirSync(directory);
  } catch {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Whether another running container uses what a mark stands for. */
export function othersHold(directory: string, mark: string): boolean {
  return containerDirectories().some(
    (other) =>
      other !== directory && existsSync(`${other}/${mark}`) && aliveLauncher(other) !== undefined,
  );
}

/**
 * The directories of all containers of this user, running or dead.
 * @throws HostProblem `run-directory-unsafe`
 */
export function containerDirectories(): string[] {
  const parent = `${existingRunDirectory() ?? ""}/containers`;
  try {
    return readdirSync(parent).map((name) => `${parent}/${name}`);
  } catch {
    return [];
  }
}

/**
 * Writes a line; records are read by bash's `read`, which wants the line end.
 * @throws HostProblem `write-failed`
 */
export function writeLine(file: string, line: string, flag: "w" | "wx" = "w"): void {
  writeText(file, `${line}\n`, line, flag);
}

/**
 * Writes a text as it is.
 *
 * @param shown what stands for it in a message
 */
export function writeText(file: string, text: string, shown: string, flag: "w" | "wx" = "w"): void {
  try {
    writeFileSync(file, text, { flag });
  } catch (cause) {
    throw new HostProblem(
      "write-failed",
      { value: shown, file, reason: reasonOf(cause) },
      { cause },
    );
  }
}

/** The text of a file; empty when it cannot be read, such as when its process has ended. */
export function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
