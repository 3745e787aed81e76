import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { launch } from "../kernel/launch/launch.js";
import { addSignalReset, addStreams } from "../kernel/program/clean-start.js";
import { executeCommand } from "../kernel/program/command.js";
import { ProgramBuilder } from "../kernel/program/program.js";
import { placeholder } from "../kernel/system-call.js";
import { toolPath } from "../kernel/find-tool.js";
import { CommandFailure } from "../steps/host.js";
import { memoryFile } from "./memory-file.js";

/**
 * Runs a command of the host to its end. Node's own child_process would take several times as long to start
 * one. What it says on standard error is dropped.
 *
 * @param input what it reads from standard input
 * @returns what it wrote to standard output
 * @throws CommandFailure (rejects) when it exits with anything but 0
 */
export async function runCommand(
  args: readonly [string, ...string[]],
  input = "",
): Promise<string> {
  const builder = new ProgramBuilder();
  const writer = builder.step(args[0]);
  const [given, output, nothing] = ["given", "output", "nothing"].map(placeholder) as [
    ReturnType<typeof placeholder>,
    ReturnType<typeof placeholder>,
    ReturnType<typeof placeholder>,
  ];
  addStreams(writer, [given, output, nothing]);
  addSignalReset(writer);
  const environment = [`PATH=${toolPath()}`, "LC_ALL=C"];
  const program = builder.execute(args[0], executeCommand(args, environment));
  const values = {
    given: memoryFile(input),
    output: memoryFile(""),
    nothing: openSync("/dev/null", "w"),
  };
  try {
    const child = launch(program, { flags: 0, mode: "vfork", values });
    const status = await child.wait();
    const code = "code" in status ? status.code : 128 + status.signal;
    if (code === 0) return contentOf(values.output);
    const lines = input.trimEnd().replaceAll("\n", "; ");
    throw new CommandFailure([args.join(" "), ...(lines === "" ? [] : [lines])].join(": "), code);
  } finally {
    for (const descriptor of Object.values(values)) closeSync(descriptor);
  }
}

function contentOf(descriptor: number): string {
  const content = Buffer.alloc(fstatSync(descriptor).size);
  readSync(descriptor, content, 0, content.length, 0);
  return content.toString("utf8");
}
