import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, lstatSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { readOrEmpty } from "../../steps/records.js";
import { systemRunDirectory } from "../../steps/run-directory.js";
import { observe, observeHost, type ObservedHost, type ObservedState } from "../observe.js";
import type { PathOutcome } from "./outcome.js";
import { parityDirectory, type ParityRequest } from "./request.js";
import { changesDirectory, furnishHost } from "./simulated-host.js";

/** How long a command may take to end after its input has, in milliseconds; then it is asked to. */
const patience = 3_000;

/** Carries a plan out one way in the simulated host that this process is the first one of. */
export async function runInside(request: ParityRequest): Promise<PathOutcome> {
  const { root, kept, files, command, environment, name, args } = request;
  process.umask(0o022);
  furnishHost(request);
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
  const state = await observeRunning(launcher, name, args);
  launcher.stdin.on("error", () => undefined).end();
  const timer = new AbortController();
  void setTimeout(patience, undefined, { signal: timer.signal }).then(
    () => launcher.kill("SIGTERM"),
    () => undefined,
  );
  const [code, signal] = await ended;
  timer.abort();
  return {
    state,
    ...written,
    status: code ?? 128 + constants.signals[signal ?? "SIGKILL"],
    left: await settledHost(),
    files: [
      ...(root === undefined ? [] : listFiles(changesDirectory, "")),
      // What overlayfs keeps in the other directory is its own business.
      ...(kept !== undefined && existsSync(`${kept}/upper`) ? listFiles(kept, "upper") : []),
    ],
  };
}

/** The state of the container once its command runs; undefined when that has ended before. */
async function observeRunning(
  launcher: ChildProcess,
  name: string,
  args: readonly string[],
): Promise<ObservedState | undefined> {
  const cmdline = args.map((each) => `${each}\0`).join("");
  while (launcher.exitCode === null && launcher.signalCode === null) {
    const pid = readOrEmpty(`${systemRunDirectory}/containers/${name}/pid`).trim();
    if (pid !== "" && readOrEmpty(`/proc/${pid}/cmdline`) === cmdline) {
      // What it does first, such as loading libraries, is over soon.
      await setTimeout(50);
      return observe(Number(pid)).catch(() => undefined);
    }
    await setTimeout(2);
  }
  return undefined;
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
