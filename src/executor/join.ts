import { readlinkSync } from "node:fs";
import { setgroups } from "../kernel/calls/credentials.js";
import { fchdir, openat, write } from "../kernel/calls/file.js";
import { chroot } from "../kernel/calls/mount.js";
import { setns } from "../kernel/calls/namespace.js";
import { setDumpable } from "../kernel/calls/process.js";
import { allCapabilities } from "../kernel/constants/capabilities.js";
import {
  CLONE_NEWCGROUP,
  CLONE_NEWIPC,
  CLONE_NEWNET,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUSER,
  CLONE_NEWUTS,
} from "../kernel/constants/clone.js";
import { AT_FDCWD, O_CLOEXEC, O_WRONLY } from "../kernel/constants/file.js";
import type { StepWriter } from "../kernel/program/program.js";
import { addSuccessor } from "../kernel/program/successor.js";
import { placeholder, type SystemCall } from "../kernel/system-call.js";
import { type CgroupMembership, cgroupsOf } from "./cgroup-membership.js";
import { heldCapabilities } from "./held-capabilities.js";
import { observeUserNamespace } from "./observe/user-namespace.js";
import {
  addHostRestrictions,
  addRestrictions,
  type Restrictions,
  restrictionsOf,
} from "./restrictions.js";

/** What makes a process part of a container. */
export interface Joining {
  /** Those that are not the caller's, as flags of setns(2). */
  readonly namespaces: number;
  /** Those that the caller is not in. */
  readonly groups: readonly CgroupMembership[];
  readonly restrictions: Restrictions;
}

/**
 * What a process of a container is part of.
 *
 * @throws NodeJS.ErrnoException ENOENT or ESRCH when there is no such process (any more)
 */
export function joiningOf(pid: number): Joining {
  const namespaces = namespacesOf(pid);
  return {
    namespaces,
    groups: groupsToJoin(pid),
    restrictions: restrictionsOf(
      pid,
      (namespaces & CLONE_NEWUSER) === 0 ? undefined : observeUserNamespace(pid),
    ),
  };
}

/**
 * Makes a process part of a container. The launch gives what stands for `process`, a pidfd, and for `root`, the
 * container's root directory.
 *
 * @param enter goes to the working directory, from the root
 */
export function addJoining(
  writer: StepWriter,
  { namespaces, groups, restrictions }: Joining,
  enter: SystemCall,
): void {
  const joinsUsers = (namespaces & CLONE_NEWUSER) !== 0;
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
  writer.add(enter);
  addRestrictions(
    writer,
    restrictions,
    joinsUsers ? { bounding: allCapabilities, permitted: allCapabilities } : heldCapabilities(),
  );
}

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
