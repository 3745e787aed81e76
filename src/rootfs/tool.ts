import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { Socket } from "node:net";
import type { Readable } from "node:stream";
import { pipe2 } from "../kernel/calls/file.js";
import { O_CLOEXEC } from "../kernel/constants/file.js";
import { toolPath } from "../kernel/find-tool.js";
import { performSystemCall } from "../kernel/libc.js";
import { RootfsError } from "./rootfs-error.js";

/** Debian's package of each tool that a root file system may need besides Debian's essential packages. */
export const toolPackages: Readonly<Record<string, string>> = {
  debootstrap: "debootstrap",
  docker: "docker.io",
  ldd: "libc-bin",
  podman: "podman",
};

/** What to say when a tool is not installed. */
export const missingTool = (tool: string): RootfsError =>
  new RootfsError("rootfs-tool", { tool, package: toolPackages[tool] ?? tool });

export interface ToolOptions {
  readonly signal?: AbortSignal | undefined;
  /** Given every line of standard output that is not streamed, and of standard error. */
  readonly onLine?: ((line: string) => void) | undefined;
  /** Reads standard output; else it is collected. The tool has ended well when this and it are done. */
  readonly read?: (stdout: Readable) => Promise<void>;
  /** Whether what it wrote counts even when it fails. */
  readonly mayFail?: boolean;
  readonly directory?: string;
}

/**
 * Runs a tool of the host to its end, in a session of its own: what is typed at the terminal is for Cooper,
 * which ends the tool and all that it has started before it clears away what they made.
 *
 * @returns what it wrote to standard output
 * @throws RootfsError `rootfs-tool` when there is no such tool, `rootfs-tool-failed` with its last words
 */
export async function runTool(
  command: readonly [string, ...string[]],
  { signal, onLine, read, mayFail, directory }: ToolOptions = {},
): Promise<string> {
  signal?.throwIfAborted();
  const [tool, ...args] = command;
  const pipe = read === undefined ? undefined : openPipe();
  const child = spawn(tool, args, {
    cwd: directory,
    detached: true,
    env: { ...process.env, PATH: toolPath(), LC_ALL: "C" },
    stdio: ["ignore", pipe?.writeEnd ?? "pipe", "pipe"],
  });
  if (pipe !== undefined) closeSync(pipe.writeEnd);
  const end = () => {
    endGroup(child);
  };
  signal?.addEventListener("abort", end);
  const said = collect(child.stderr, onLine);
  const written = collect(child.stdout, onLine);
  const failed = { by: undefined as unknown };
  const reading =
    pipe &&
    read?.(pipe.content).catch((error: unknown) => {
      failed.by ??= error;
      end();
    });
  try {
    const status = await ended(child, tool);
    await reading;
    signal?.throwIfAborted();
    // A tool that fails takes its reader along; one that was ended because its reader failed has no say.
    if (failed.by !== undefined && (status === 0 || status === endedBySignal))
      throw failed.by as Error;
    if (status !== 0 && mayFail !== true)
      throw new RootfsError("rootfs-tool-failed", {
        command: command.join(" "),
        status: String(status),
        reason: lastWords(said.text() || written.text()),
      });
    return written.text();
  } finally {
    signal?.removeEventListener("abort", end);
  }
}

const endedBySignal = 128;

/** A pipe of the kernel's. Node's own are sockets, which cannot be opened by name, as podman does. */
function openPipe(): { readonly content: Readable; readonly writeEnd: number } {
  const descriptors = new Int32Array(2);
  performSystemCall(pipe2(descriptors, O_CLOEXEC));
  const [readEnd = -1, writeEnd = -1] = descriptors;
  return { content: new Socket({ fd: readEnd, readable: true, writable: false }), writeEnd };
}

/** Its exit status, as a shell has it; everything it wrote has been read then. */
function ended(child: ChildProcess, tool: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "ENOENT" ? missingTool(tool) : error);
    });
    child.once("close", (code, signal) => {
      resolve(signal === null ? (code ?? 0) : endedBySignal);
    });
  });
}

function endGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has just ended.
  }
}

/** The text of a stream, of which only the end is kept where there is too much. */
function collect(stream: Readable | null, onLine: ((line: string) => void) | undefined) {
  const most = 8 * 1024 * 1024;
  let text = "";
  let line = "";
  stream?.setEncoding("utf8").on("data", (chunk: string) => {
    text = (text + chunk).slice(-most);
    if (onLine === undefined) return;
    const lines = (line + chunk).split(/[\r\n]+/);
    line = (lines.pop() ?? "").slice(-most);
    for (const each of lines) if (each !== "") onLine(each);
  });
  return { text: () => text };
}

/** What a tool said last, as part of a message of one line. */
const lastWords = (text: string): string =>
  text
    .split(/[\r\n]+/)
    .map((line) => line.replace(/\p{C}+/gu, " ").trim())
    .filter((line) => line !== "")
    .slice(-3)
    .join("; ");
