/** What the drivers share: a root file system of one static busybox, and programs that enter it. */
import { copyFileSync, mkdirSync, symlinkSync } from "node:fs";
import { chdir } from "../../../src/kernel/calls/file.js";
import { mount, pivotRoot, umount2 } from "../../../src/kernel/calls/mount.js";
import { sethostname } from "../../../src/kernel/calls/namespace.js";
import {
  CLONE_NEWIPC,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUTS,
} from "../../../src/kernel/constants/clone.js";
import {
  MNT_DETACH,
  MS_BIND,
  MS_NODEV,
  MS_NOEXEC,
  MS_NOSUID,
  MS_PRIVATE,
  MS_REC,
} from "../../../src/kernel/constants/mount.js";
import { addSignalReset, addStreams } from "../../../src/kernel/program/clean-start.js";
import { executeCommand } from "../../../src/kernel/program/command.js";
import {
  ProgramBuilder,
  type Program,
  type StepWriter,
} from "../../../src/kernel/program/program.js";

export const box = "/run/box";
export const namespaces = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWIPC;

/** Fills /run/box, on the simulated host's tmpfs. */
export function makeRootfs(): void {
  for (const each of ["bin", "proc", "sys", "tmp", "etc", "dev"])
    mkdirSync(`${box}/${each}`, { recursive: true });
  copyFileSync("/bin/busybox", `${box}/bin/busybox`);
  for (const each of [
    "true",
    "false",
    "sh",
    "cat",
    "sleep",
    "echo",
    "id",
    "ls",
    "hostname",
    "kill",
  ])
    symlinkSync("busybox", `${box}/bin/${each}`);
}

/** The entries of a common container, up to its new root. */
export function addIsolation(builder: ProgramBuilder): void {
  const root = builder.step("make mounts private");
  root.add(mount(null, "/", null, MS_REC | MS_PRIVATE, null));
  root.add(mount(box, box, null, MS_BIND | MS_REC, null));
  const flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
  builder.step("mount /proc").add(mount("proc", `${box}/proc`, "proc", flags, null));
  builder.step("mount /sys").add(mount("sysfs", `${box}/sys`, "sysfs", flags, null));
  builder.step("mount /tmp").add(mount("tmpfs", `${box}/tmp`, "tmpfs", flags, "size=1m"));
  const pivot = builder.step("change root");
  pivot.add(chdir(box));
  pivot.add(pivotRoot(".", "."));
  pivot.add(umount2(".", MNT_DETACH));
  pivot.add(chdir("/"));
  builder.step("set the host name").add(sethostname("box"));
}

export const environment = ["PATH=/sbin:/bin"];

/** A program: a common container, further entries, then a command with clean streams and signals. */
export function program(
  command: readonly [string, ...string[]],
  add?: (writer: StepWriter) => void,
): Program {
  const builder = new ProgramBuilder();
  addIsolation(builder);
  add?.(builder.step("further"));
  addStreams(builder.step("streams"));
  addSignalReset(builder.step("signals"));
  return builder.execute("execute", executeCommand(command, environment));
}
