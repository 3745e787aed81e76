import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { RootfsError } from "./rootfs-error.js";

/** Debian's package of each tool that a root file system may need besides Debian's essential packages. */
export const toolPackages: Readonly<Record<string, string>> = {
  debootstrap: "debootstrap",
  docker: "docker.io",
  ldd: "libc-bin",
  podman: "podman",
};

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
  const child = spawn(tool, args, {
    cwd: directory,
    detached: true,
    env: { ...process.env, LC_ALL: "C" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = () => {
    endGroup(child);
  };
  signal?.addEventListener("abort", end);
  const said = collect(child.stderr, onLine);
  const written = read === undefined ? collect(child.stdout, onLine) : undefined;
  const failed = { by: undefined as unknown };
  const reading = read?.(child.stdout).catch((error: unknown) => {
    failed.by ??= error;
    end();
  });
  try {
    const status = await ended(child, tool);
    await reading;
    signal?.throwIfAborted();
    if (failed.by !== undefined) throw failed.by as Error;
    if (status !== 0 && mayFail !== true)
      throw new RootfsError("rootfs-tool-failed", {
        command: command.join(" "),
        status: String(status),
        reason: lastWords(said.text() || (written?.text() ?? "")),
      });
    return written?.text() ?? "";
  } finally {
    signal?.removeEventListener("abort", end);
  }
}

/** Its exit status, as a shell has it; everything it wrote has been read then. */
function ended(child: ChildProcess, tool: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        error.code === "ENOENT"
          ? new RootfsError("rootfs-tool", { tool, package: toolPackages[tool] ?? tool })
          : error,
      );
    });
    child.once("close", (code, signal) => {
      resolve(signal === null ? (code ?? 0) : 128);
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
function collect(stream: Readable, onLine: ((line: string) => void) | undefined) {
  const most = 8 * 1024 * 1024;
  let text = "";
  let line = "";
  stream.setEncoding("utf8").on("data", (chunk: string) => {
    text = (text + chunk).slice(-most);
    if (onLine === undefined) return;
    const lines = (line + chunk).split(/[\r\n]+/);
    line = (lines.pop() ?? "").slice(-most);
    for (const each of lines) if (each !== "") onLine(each);
  });
  return { text: () => text };
}

/** What a tool said last, as part of a message of one line. */
export const lastWords = (text: string): string =>
  text
    .split(/[\r\n]+/)
    .map((line) => line.replace(/\p{C}+/gu, " ").trim())
    .filter((line) => line !== "")
    .slice(-3)
    .join("; ");
