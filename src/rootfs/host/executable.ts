import { open } from "node:fs/promises";
import path from "node:path";
import { runTool } from "../tool.js";

/** What files of this host need to be executed. */
export interface Needed {
  /** By path. */
  readonly interpreters: readonly string[];
  /** By path; the dynamic loader is one of them. */
  readonly libraries: readonly string[];
  /** By name. */
  readonly commands: readonly string[];
}

/**
 * What the kernel and the dynamic loader look for when they execute these files: the loader and the shared
 * libraries of binaries, as ldd(1) lists them, and the interpreters of scripts. Other files need nothing.
 */
export async function neededBy(files: readonly string[], signal?: AbortSignal): Promise<Needed> {
  const binaries: string[] = [];
  const interpreters: string[] = [];
  const commands: string[] = [];
  for (const file of files) {
    const start = await firstBytes(file);
    if (start.startsWith(magic)) binaries.push(file);
    const { interpreter, argument } = interpreterOf(start);
    if (interpreter === undefined) continue;
    interpreters.push(interpreter);
    // The usual detour: env(1) looks a command up in PATH.
    const command = path.basename(interpreter) === "env" ? commandOfEnv(argument) : undefined;
    if (command !== undefined) commands.push(command);
  }
  return { interpreters, libraries: await librariesOf(binaries, signal), commands };
}

/** How executables and libraries in the kernel's own format begin, see elf(5). */
const magic = "\u007fELF";

/** Whether a file is an executable or a library in the kernel's own format. */
export const isBinary = async (file: string) => (await firstBytes(file)).startsWith(magic);

/** As many bytes as the kernel looks at, see execve(2). */
async function firstBytes(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(256), 0, 256, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The interpreter that the first line of a script names, and the one argument the kernel gives it. */
function interpreterOf(start: string) {
  const [, interpreter, argument] = /^#![ \t]*([^ \t\n]+)(?:[ \t]+([^\n]*))?/.exec(start) ?? [];
  return { interpreter, argument };
}

/** The command in the arguments of env(1): behind options and assignments. */
const commandOfEnv = (argument = ""): string | undefined =>
  argument.split(/[ \t]+/).find((word) => word !== "" && !/^-|=/.test(word));

/** ldd(1) says of several files which one each line belongs to; the lines themselves are the same. */
async function librariesOf(binaries: readonly string[], signal?: AbortSignal): Promise<string[]> {
  if (binaries.length === 0) return [];
  // It fails when one of them is static, and tells about the others nevertheless.
  const output = await runTool(["ldd", "--", ...binaries], { signal, mayFail: true });
  return [...output.matchAll(/(?:=> |^\s*)(\/.+?) \(0x/gm)].map(([, library = ""]) => library);
}
