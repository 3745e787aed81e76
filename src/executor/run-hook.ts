import { closeSync, constants, openSync } from "node:fs";
import { chdir, umask } from "../kernel/calls/file.js";
import { pidfdOpen, setResourceLimit } from "../kernel/calls/process.js";
import { CLONE_NEWPID } from "../kernel/constants/clone.js";
import { LaunchError } from "../kernel/launch/launch-error.js";
import { launch } from "../kernel/launch/launch.js";
import { performSystemCall } from "../kernel/libc.js";
import { addSignalReset, addStreams } from "../kernel/program/clean-start.js";
import { executeCommand } from "../kernel/program/command.js";
import { ProgramBuilder } from "../kernel/program/program.js";
import { placeholder } from "../kernel/system-call.js";
import type { CommandPlace, Host } from "../steps/host.js";
import { addJoining, type Joining, joiningOf } from "./join.js";
import { memoryFile } from "./memory-file.js";

/** What a hook has that is not run like the container's command. */
const elsewhere = {
  env: { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" },
  cwd: "/",
};

/** The first version of the runtime specification that has these hooks. */
const ociVersion = "1.0.2";

/** Runs a hook as a generated script does; see {@link Host.runHook}. */
export async function runHook(
  {
    name,
    directory,
    process,
    openFiles,
  }: Pick<Host, "name" | "directory" | "process" | "openFiles">,
  ...[args, status, where]: Parameters<Host["runHook"]>
): Promise<number> {
  const { env, cwd } = typeof where === "object" ? where : elsewhere;
  const container =
    where === "host" || process === undefined
      ? undefined
      : { process, joining: joiningAs(where, joiningOf(process)) };
  const pid = container === undefined ? process : seenInside(container);
  const state = {
    ...{ ociVersion, id: name, status },
    ...(status === "stopped" ? {} : { pid }),
    bundle: directory,
  };
  const builder = new ProgramBuilder();
  const writer = builder.step("hook");
  addStreams(writer, [placeholder("state"), 2, 2]);
  if (openFiles !== undefined)
    writer.add(setResourceLimit("RLIMIT_NOFILE", openFiles.soft, openFiles.hard));
  if (container === undefined) {
    writer.add(chdir(cwd));
    writer.add(umask(0o022));
  } else addJoining(writer, container.joining, chdir(cwd));
  addSignalReset(writer);
  const environment = Object.entries(env).map(([variable, value]) => `${variable}=${value}`);
  const program = builder.execute("hook", executeCommand(args, environment));
  const values = {
    state: memoryFile(`${JSON.stringify(state)}\n`),
    ...(container === undefined ? {} : descriptorsOf(container.process)),
  };
  try {
    const ended = await launch(program, { flags: 0, mode: "vfork", values }).wait();
    return "code" in ended ? ended.code : 128 + ended.signal;
  } catch (error) {
    if (error instanceof LaunchError) return error.exitCode;
    throw error;
  } finally {
    for (const descriptor of Object.values(values)) closeSync(descriptor);
  }
}

interface Joined {
  readonly process: number;
  readonly joining: Joining;
}

/** The process that is joined has not become the command's user yet. */
function joiningAs(where: "container" | CommandPlace, joining: Joining): Joining {
  if (where === "container") return joining;
  const { uid, gid, additionalGids, umask } = where.user;
  const { restrictions } = joining;
  const groups = restrictions.groups && additionalGids;
  return { ...joining, restrictions: { ...restrictions, user: { uid, gid }, groups, umask } };
}

/** The number that a container's first process has in its own pid namespace. */
const seenInside = ({ process, joining }: Joined) =>
  (joining.namespaces & CLONE_NEWPID) === 0 ? process : 1;

const descriptorsOf = (pid: number) => ({
  process: performSystemCall(pidfdOpen(pid)),
  root: openSync(`/proc/${pid}/root`, constants.O_RDONLY | constants.O_DIRECTORY),
});
