import { closeSync, constants, openSync, readlinkSync } from "node:fs";
import { constants as os } from "node:os";
import { chdir, fchdir, openat, write } from "../kernel/calls/file.js";
import { chroot } from "../kernel/calls/mount.js";
import { setgroups } from "../kernel/calls/credentials.js";
import { setns } from "../kernel/calls/namespace.js";
import { setDumpable, setParentDeathSignal } from "../kernel/calls/process.js";
import {
  CLONE_NEWCGROUP,
  CLONE_NEWIPC,
  CLONE_NEWNET,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUSER,
  CLONE_NEWUTS,
} from "../kernel/constants/clone.js";
import { allCapabilities } from "../kernel/constants/capabilities.js";
import { AT_FDCWD, O_CLOEXEC, O_WRONLY } from "../kernel/constants/file.js";
import { launch } from "../kernel/launch/launch.js";
import { addSignalReset, addStreams } from "../kernel/program/clean-start.js";
import { executeCommand } from "../kernel/program/command.js";
import { type Program, ProgramBuilder } from "../kernel/program/program.js";
import { addSuccessor } from "../kernel/program/successor.js";
import { placeholder } from "../kernel/system-call.js";
import { type CgroupMembership, cgroupsOf } from "./cgroup-membership.js";
import { ContainerError } from "./container-error.js";
import { ContainerProcess } from "./container-process.js";
import { heldCapabilities } from "./held-capabilities.js";
import { readStrings } from "./observe/proc.js";
import { observeUserNamespace } from "./observe/user-namespace.js";
import { openProcess, type ProcessIdentity } from "./process-identity.js";
import { addHostRestrictions, addRestrictions, restrictionsOf } from "./restrictions.js";
import { StepError } from "./step-error.js";
import { openStreams, type Stdio, type Streams } from "./streams.js";

/** How a command is run in a container. */
export interface ExecOptions {
  /** The command's standard streams; default `inherit`. */
  readonly stdio?: Stdio;
  /** Its complete environment; default: what the container's first process was started with. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where it runs, as a path of the container; default: where the first process is. */
  readonly cwd?: string;
  /** Who runs it, without supplementary groups; default: whoever the first process is, with its groups. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** A container that a command is started in. */
export interface ExecTarget {
  readonly name: string;
  /** Its first process. */
  readonly process: ProcessIdentity;
}

/**
 * Starts a command inside a running container: in all its namespaces, its cgroups and its root, and with the
 * capabilities, limits and other restrictions of its first process.
 *
 * @throws ContainerError `container-gone`, `command-empty`
 * @throws StepError when the command could not be started
 */
export function execute(
  { name, process: { pid, started } }: ExecTarget,
  args: readonly string[],
  options: ExecOptions,
): ContainerProcess {
  const [file, ...rest] = args;
  if (file === undefined) throw new ContainerError("command-empty", {});
  const pidfd = openProcess({ pid, started });
  if (pidfd === undefined) throw new ContainerError("container-gone", { name });
  // Closed at the end, in whatever way that comes.
  const open = [pidfd];
  const opened = (path: string, flags: number) => {
    const descriptor = openSync(path, flags);
    open.push(descriptor);
    return descriptor;
  };
  const streams = openStreams(options.stdio ?? "inherit");
  try {
    const program = programOf(pid, [file, ...rest], options, {
      namespaces: namespacesOf(pid),
      groups: groupsToJoin(pid),
      streams,
    });
    const values = {
      ...streams.values,
      process: pidfd,
      // These open what the first process has, wherever that lies. Source: proc(5), "magic links".
      root: opened(`/proc/${pid}/root`, constants.O_RDONLY | constants.O_DIRECTORY),
      cwd: opened(`/proc/${pid}/cwd`, constants.O_RDONLY | constants.O_DIRECTORY),
    };
    const launched = launch(program, { flags: 0, mode: "vfork", values });
    return new ContainerProcess(launched, streams);
  } catch (cause) {
    for (const each of [streams.stdin, streams.stdout, streams.stderr]) each?.destroy();
    // The files of a process are gone with it.
    if (isGone(cause)) throw new ContainerError("container-gone", { name }, { cause });
    throw new StepError("exec", cause, { command: file, cwd: options.cwd ?? "" });
  } finally {
    streams.closeContainerEnds();
    for (const descriptor of open) closeSync(descriptor);
  }
}

const isGone = (error: unknown) =>
  error instanceof Error &&
  "path" in error &&
  /^(ENOENT|ESRCH)$/.test(String((error as NodeJS.ErrnoException).code));

const kindsOfNamespaces = [
  ["user", CLONE_NEWUSER],
  ["mnt", CLONE_NEWNS],
  ["uts", CLONE_NEWUTS],
  ["ipc", CLONE_NEWIPC],
  ["net", CLONE_NEWNET],
  ["cgroup", CLONE_NEWCGROUP],
  ["pid", CLONE_NEWPID],
] as const;

const differs = (pid: number, namespace: string) =>
  readlinkSync(`/proc/${pid}/ns/${namespace}`) !== readlinkSync(`/proc/self/ns/${namespace}`);

/** The namespaces of a process that are not the caller's, as flags of setns(2). */
function namespacesOf(pid: number): number {
  return kindsOfNamespaces
    .filter(([file]) => differs(pid, file))
    .reduce((flags, [, flag]) => flags | flag, 0);
}

/** The groups of a process that the caller is not in. */
function groupsToJoin(pid: number): CgroupMembership[] {
  const own = new Set(cgroupsOf("self").map(({ directory }) => directory));
  return cgroupsOf(pid).filter(({ directory }) => !own.has(directory));
}

interface Joining {
  readonly namespaces: number;
  readonly groups: readonly CgroupMembership[];
  readonly streams: Streams;
}

function programOf(
  pid: number,
  command: readonly [string, ...string[]],
  { env, cwd, user }: ExecOptions,
  { namespaces, groups, streams }: Joining,
): Program {
  const joinsUsers = (namespaces & CLONE_NEWUSER) !== 0;
  const own = restrictionsOf(pid, joinsUsers ? observeUserNamespace(pid) : undefined);
  const restrictions = user === undefined ? own : { ...own, user, groups: own.groups && [] };
  const builder = new ProgramBuilder();
  const writer = builder.step("exec");
  addStreams(writer, streams.program);
  const members = groups.map(({ directory, version }) => {
    const file = version === 1 ? "tasks" : "cgroup.procs";
    return writer.add(openat(AT_FDCWD, `${directory}/${file}`, O_WRONLY | O_CLOEXEC));
  });
  addHostRestrictions(writer, restrictions);
  // Who started the container has left it the groups that cannot be set any more; nobody else's may come in.
  if (joinsUsers) writer.add(setgroups([]), { ignore: ["EPERM"] });
  // Until it executes its command, this process shares the launcher's memory: whoever is inside may neither
  // trace it nor look through its descriptors. The launch takes this back. Source: ptrace(2).
  writer.add(setDumpable(0));
  // All in one call: the rights that joining one of them takes are those from before it. Source: setns(2).
  if (namespaces !== 0) writer.add(setns(placeholder("process"), namespaces));
  if ((namespaces & CLONE_NEWPID) !== 0) addSuccessor(writer);
  // Only now, so that not two processes count where the container may have one more.
  for (const each of members) writer.add(write(each, "0"));
  // Where the root was switched by chroot, it is not that of the mount namespace.
  writer.add(fchdir(placeholder("root")));
  writer.add(chroot("."));
  writer.add(cwd === undefined ? fchdir(placeholder("cwd")) : chdir(cwd));
  addRestrictions(
    writer,
    restrictions,
    joinsUsers ? { bounding: allCapabilities, permitted: allCapabilities } : heldCapabilities(),
  );
  // A change of ids clears it, so it comes after them.
  writer.add(setParentDeathSignal(os.signals.SIGKILL));
  addSignalReset(writer);
  const environment =
    env === undefined
      ? readStrings(`/proc/${pid}/environ`)
      : Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return builder.execute("exec", executeCommand(command, environment));
}
