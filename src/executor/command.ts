import { closeSync, openSync } from "node:fs";
import { launch } from "../kernel/launch/launch.js";
import { addSignalReset, addStreams } from "../kernel/program/clean-start.js";
import { executeCommand } from "../kernel/program/command.js";
import { ProgramBuilder } from "../kernel/program/program.js";
import { placeholder } from "../kernel/system-call.js";
import { CommandFailure } from "../steps/host.js";

/**
 * Runs a command of the host to its end, silently. Node's own child_process would take several times as long
 * to start one.
 *
 * @throws CommandFailure (rejects) when it exits with anything but 0
 */
export async function runCommand(args: readonly [string, ...string[]]): Promise<void> {
  const builder = new ProgramBuilder();
  const writer = builder.step(args[0]);
  const nothing = placeholder("nothing");
  addStreams(writer, [nothing, nothing, nothing]);
  addSignalReset(writer);
  const path = process.env["PATH"] ?? "/usr/sbin:/usr/bin:/sbin:/bin";
  const program = builder.execute(args[0], executeCommand(args, [`PATH=${path}`, "LC_ALL=C"]));
  const descriptor = openSync("/dev/null", "r+");
  try {
    const child = launch(program, {
      flags: 0,
      mode: "vfork",
      values: { [nothing.name]: descriptor },
    });
    const status = await child.wait();
    const code = "code" in status ? status.code : 128 + status.signal;
    if (code !== 0) throw new CommandFailure(args.join(" "), code);
  } finally {
    closeSync(descriptor);
  }
}
