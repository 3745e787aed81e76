import { closeSync } from "node:fs";
import { chdir, umask } from "../kernel/calls/file.js";
import { setResourceLimit } from "../kernel/calls/process.js";
import { LaunchError } from "../kernel/launch/launch-error.js";
import { launch } from "../kernel/launch/launch.js";
import { addSignalReset, addStreams } from "../kernel/program/clean-start.js";
import { executeCommand } from "../kernel/program/command.js";
import { ProgramBuilder } from "../kernel/program/program.js";
import { placeholder } from "../kernel/system-call.js";
import type { Host } from "../steps/host.js";
import { memoryFile } from "./memory-file.js";

/** The whole environment of a hook. */
const environment = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"];

/** The first version of the runtime specification that has these hooks. */
const ociVersion = "1.0.2";

/** Runs a hook as a generated script does; see {@link Host.runHook}. */
export async function runHook(
  { name, directory, process, openFiles }: Host,
  args: readonly [string, ...string[]],
  status: "creating" | "running" | "stopped",
): Promise<number> {
  const pid = status === "stopped" ? {} : { pid: process };
  const state = { ociVersion, id: name, status, ...pid, bundle: directory };
  const builder = new ProgramBuilder();
  const writer = builder.step("hook");
  addStreams(writer, [placeholder("state"), 2, 2]);
  if (openFiles !== undefined)
    writer.add(setResourceLimit("RLIMIT_NOFILE", openFiles.soft, openFiles.hard));
  writer.add(umask(0o022));
  writer.add(chdir("/"));
  addSignalReset(writer);
  const program = builder.execute("hook", executeCommand(args, environment));
  const values = { state: memoryFile(`${JSON.stringify(state)}\n`) };
  try {
    const ended = await launch(program, { flags: 0, mode: "vfork", values }).wait();
    return "code" in ended ? ended.code : 128 + ended.signal;
  } catch (error) {
    if (error instanceof LaunchError) return error.exitCode;
    throw error;
  } finally {
    closeSync(values.state);
  }
}
