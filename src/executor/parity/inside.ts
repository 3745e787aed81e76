import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, lstatSync, readdirSync, readlinkSync, statSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { readOrEmpty } from "../../steps/records.js";
import { systemRunDirectory } from "../../steps/run-directory.js";
import { observe, observeHost, type ObservedHost, type ObservedState } from "../observe.js";
import type { PathOutcome } from "./outcome.js";
import { parityDirectory, type ParityRequest, type RequestedContainer } from "./request.js";
import { furnishHost } from "./simulated-host.js";

/** How long a command may take to end after its input has, in milliseconds; then it is asked to. */
const patience = 3_000;

/** Carries a plan out one way in the simulated host that this process is the first one of. */
export async function runInside(request: ParityRequest): Promise<PathOutcome> {
  const { kept, files, command, environment, containers } = request;
  process.umask(0o022);
  const changes = furnishHost(request);
  for (const [file, content] of Object.entries(files))
    writeFileSync(`${parityDirectory}/${file}`, content, { mode: 0o755 });
  const [program, ...words] = command;
  const launcher = spawn(program, words, { env: environment, stdio: "pipe", cwd: "/" });
  const written = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const)
    launcher[stream].setEncoding("utf8").on("data", (text: string) => (written[stream] += text));
  const ended = once(launcher, "close") as Promise<
    [code: number | null, signal: NodeJS.Signals | null]
  >;
  const states = await observeRunning(launcher, containers);
  launcher.stdin.on("error", () => undefined).end();
  const timer = new AbortController();
  void setTimeout(patience, undefined, { signal: timer.signal }).then(
    () => launcher.kill("SIGTERM"),
    () => undefined,
  );
  const [code, signal] = await ended;
  timer.abort();
  return {
    states,
    ...written,
    status: code ?? 128 + constants.signals[signal ?? "SIGKILL"],
    left: await settledHost(),
    files: [
      ...changes.flatMap((directory) => listFiles(directory, "")),
      // What overlayfs keeps in the other directory is its own business.
      ...kept.flatMap((layer) => (existsSync(`${layer}/upper`) ? listFiles(layer, "upper") : [])),
    ],
  };
}

/** The states of the containers once the commands of all run; none when one has ended before. */
async function observeRunning(
  launcher: ChildProcess,
  containers: ParityRequest["containers"],
): Promise<PathOutcome["states"]> {
  while (launcher.exitCode === null && launcher.signalCode === null) {
    const pids = containers.map(runningPid);
    if (pids.every((pid) => pid !== undefined)) {
      // What they do first, such as loading libraries, is over soon.
      await setTimeout(50);
      const states: Record<string, ObservedState> = {};
      try {
        for (const [index, { name }] of containers.entries())
          states[name] = await observe(pids[index] ?? 0);
      } catch {
        return {};
      }
      return states;
    }
    await setTimeout(2);
  }
  return {};
}

/** The first process of a container once it runs its command, or what that has become: a program of its own root. */
function runningPid({ name, args }: RequestedContainer): number | undefined {
  const pid = readOrEmpty(`${systemRunDirectory}/containers/${name}/pid`).trim();
  if (pid === "") return undefined;
  const cmdline = args.map((each) => `${each}\0`).join("");
  const runs = readOrEmpty(`/proc/${pid}/cmdline`) === cmdline || runsOwnProgram(`/proc/${pid}`);
  return runs ? Number(pid) : undefined;
}

/** Whether a process has a root of its own, and its program is found there. */
function runsOwnProgram(process: string): boolean {
  try {
    const root = `${process}/root`;
    const program = `${root}${readlinkSync(`${process}/exe`)}`;
    return (
      identityOf(root) !== identityOf("/") && identityOf(program) === identityOf(`${process}/exe`)
    );
  } catch {
    // It is not there, or not any more.
    return false;
  }
}

function identityOf(file: string): string {
  const { dev, ino } = statSync(file);
  return `${String(dev)} ${String(ino)}`;
}

/** The kernel takes a deleted network namespace apart, and the cable to it, a moment later. */
async function settledHost(): Promise<ObservedHost> {
  for (let attempt = 0; ; attempt += 1) {
    const now = await observeHost();
    if (attempt === 50 || !now.network.links.some(({ kind }) => kind === "veth")) return now;
    await setTimeout(10);
  }
}

/** Path, permissions and link of every file that was made or changed. */
function listFiles(directory: string, below: string): string[] {
  return readdirSync(path.join(directory, below), { withFileTypes: true })
    .flatMap((entry) => {
      const name = path.join(below, entry.name);
      const file = path.join(directory, name);
      const link = entry.isSymbolicLink() ? ` -> ${readlinkSync(file)}` : "";
      const line = `/${name} ${(lstatSync(file).mode & 0o7777).toString(8)}${link}`;
      return entry.isDirectory() ? [line, ...listFiles(directory, name)] : [line];
    })
    .sort();
}
