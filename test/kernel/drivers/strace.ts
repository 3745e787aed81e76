/** A launch that makes every call the program builders know, to be compared with strace's view of it. */
import { mkdirSync, openSync, writeFileSync } from "node:fs";
import * as credentials from "../../../src/kernel/calls/credentials.js";
import * as file from "../../../src/kernel/calls/file.js";
import * as mounts from "../../../src/kernel/calls/mount.js";
import * as namespace from "../../../src/kernel/calls/namespace.js";
import * as processes from "../../../src/kernel/calls/process.js";
import { capabilities } from "../../../src/kernel/constants/capabilities.js";
import { CLONE_NEWNET, CLONE_NEWNS } from "../../../src/kernel/constants/clone.js";
import * as files from "../../../src/kernel/constants/file.js";
import * as mountConstants from "../../../src/kernel/constants/mount.js";
import { launch } from "../../../src/kernel/launch/launch.js";
import { addSignalReset, addStreams } from "../../../src/kernel/program/clean-start.js";
import { executeCommand } from "../../../src/kernel/program/command.js";
import { ProgramBuilder, type Program } from "../../../src/kernel/program/program.js";
import { addWaitForParent } from "../../../src/kernel/program/wait-for-parent.js";
import { placeholder } from "../../../src/kernel/system-call.js";
import { addIsolation, environment, makeRootfs, namespaces } from "./box.js";

const { AT_FDCWD } = files;

function everyCall(): Program {
  const builder = new ProgramBuilder();
  const before = builder.step("before the new root");
  before.add(processes.setParentDeathSignal(9));
  before.add(namespace.setns(placeholder("network"), CLONE_NEWNET));
  before.add(namespace.unshare(CLONE_NEWNS));
  before.add(
    mounts.mount("none", "/", null, mountConstants.MS_REC | mountConstants.MS_SLAVE, null),
  );
  before.add(file.umask(0));
  before.add(file.umask(0o22));
  const tree = before.add(
    mounts.openTree(
      AT_FDCWD,
      "/run/volume",
      mountConstants.OPEN_TREE_CLONE | mountConstants.OPEN_TREE_CLOEXEC | files.AT_RECURSIVE,
    ),
  );
  before.add(
    mounts.mountSetattr(tree, "", files.AT_EMPTY_PATH | files.AT_RECURSIVE, {
      set: mountConstants.MOUNT_ATTR_RDONLY | mountConstants.MOUNT_ATTR_NOSUID,
      propagation: mountConstants.MS_PRIVATE,
    }),
  );
  before.add(file.mkdirat(AT_FDCWD, "/run/box/volume", 0o755));
  before.add(
    mounts.moveMount(tree, "", AT_FDCWD, "/run/box/volume", mountConstants.MOVE_MOUNT_F_EMPTY_PATH),
  );
  before.add(
    mounts.mountSetattr(AT_FDCWD, "/run/box/volume", files.AT_RECURSIVE, {
      set: mountConstants.MOUNT_ATTR_NOEXEC | mountConstants.MOUNT_ATTR_NOATIME,
      clear: mountConstants.MOUNT_ATTR_RDONLY | mountConstants.MOUNT_ATTR__ATIME,
    }),
  );
  before.add(file.close(tree));
  addIsolation(builder);
  const inside = builder.step("inside the new root");
  inside.add(
    mounts.mount(
      null,
      "/tmp",
      null,
      mountConstants.MS_REMOUNT |
        mountConstants.MS_BIND |
        mountConstants.MS_RDONLY |
        mountConstants.MS_NOSUID,
      null,
    ),
  );
  inside.add(mounts.mount(null, "/tmp", null, mountConstants.MS_REMOUNT, "size=2m"));
  inside.add(mounts.umount2("/sys"));
  inside.add(file.mkdirat(AT_FDCWD, "/dev/pts", 0o1777));
  inside.add(file.mkdirat(AT_FDCWD, "/dev/pts", 0), { ignore: ["EEXIST"] });
  inside.add(file.mknodat(AT_FDCWD, "/dev/null", files.S_IFCHR | 0o666, { major: 1, minor: 3 }));
  inside.add(file.mknodat(AT_FDCWD, "/dev/big", files.S_IFBLK | 0o7, { major: 259, minor: 1025 }));
  inside.add(file.mknodat(AT_FDCWD, "/dev/pipe", files.S_IFIFO | 0o600));
  inside.add(file.fchmodat(AT_FDCWD, "/dev/null", 0o644));
  inside.add(file.symlinkat("/proc/self/fd", AT_FDCWD, "/dev/fd"));
  const created = inside.add(
    file.openat(
      AT_FDCWD,
      "/etc/note",
      files.O_WRONLY | files.O_CREAT | files.O_EXCL | files.O_TRUNC | files.O_CLOEXEC,
      0o640,
    ),
  );
  inside.add(file.write(created, 'tab\t"quoted" \\ \x01\x019 \u00e9\n'));
  inside.add(file.flock(created, files.LOCK_EX | files.LOCK_NB));
  inside.add(file.duplicateFrom(created, 30, true));
  inside.add(file.duplicateFrom(created, 31, false));
  inside.add(file.close(created));
  const read = inside.add(
    file.openat2(AT_FDCWD, "/etc/note", {
      flags: files.O_RDONLY | files.O_NOFOLLOW | files.O_CLOEXEC,
      resolve: files.RESOLVE_IN_ROOT | files.RESOLVE_NO_MAGICLINKS,
    }),
  );
  inside.add(file.read(read, Buffer.from("tab")), { minimum: 3 });
  inside.add(
    file.openat2(AT_FDCWD, "/etc/other", {
      flags: files.O_RDWR | files.O_CREAT,
      mode: 0o600,
      resolve: files.RESOLVE_BENEATH,
    }),
    { ignore: ["EXDEV"] },
  );
  const directory = inside.add(
    file.openat(AT_FDCWD, "/", files.O_PATH | files.O_DIRECTORY | files.O_CLOEXEC),
  );
  inside.add(file.fchdir(directory));
  inside.add(mounts.chroot("."));
  inside.add(processes.setResourceLimit("RLIMIT_NOFILE", 1000, 4096));
  inside.add(processes.setResourceLimit("RLIMIT_NPROC", 1024, 1025));
  inside.add(processes.setResourceLimit("RLIMIT_CORE", 0, null));
  inside.add(credentials.dropFromBoundingSet(capabilities.CAP_SYS_MODULE));
  inside.add(credentials.setgroups([]));
  inside.add(credentials.setgroups([10, 20]));
  inside.add(credentials.setresgid(1000, 1000, 1000));
  inside.add(
    credentials.capset({
      effective: ["CAP_KILL", "CAP_SETUID", "CAP_CHECKPOINT_RESTORE"],
      permitted: ["CAP_KILL", "CAP_SETUID", "CAP_NET_RAW", "CAP_CHECKPOINT_RESTORE"],
      inheritable: ["CAP_KILL"],
    }),
  );
  inside.add(credentials.setresuid(1000, 1000, 1000));
  inside.add(credentials.capset({ effective: [], permitted: [], inheritable: [] }));
  inside.add(credentials.setNoNewPrivileges());
  inside.add(processes.setDumpable(0));
  inside.add(processes.setDumpable(1));
  addWaitForParent(builder.step("wait for the parent"));
  addStreams(builder.step("streams"), [placeholder("input"), 2, 1]);
  addSignalReset(builder.step("signals"));
  return builder.execute("execute", executeCommand(["true", "a b", ""], [...environment, "X="]));
}

/** The printed program, once as data and once with what it had in this run. */
export async function traced(): Promise<unknown> {
  makeRootfs();
  mkdirSync("/run/volume");
  writeFileSync("/run/volume/file", "");
  const program = everyCall();
  const values = {
    network: openSync("/proc/self/ns/net", "r"),
    input: openSync("/dev/null", "r"),
  };
  const child = launch(program, { flags: namespaces, mode: "waiting", values });
  await child.release();
  const status = await child.wait();
  return { pid: child.pid, status, values, printed: program.print({ values }) };
}
