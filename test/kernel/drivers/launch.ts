/** Cases of the launch, run in a simulated host. Each returns what it saw; the tests judge. */
import { once } from "node:events";
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmdirSync,
  writeFileSync,
} from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { setresgid, setresuid } from "../../../src/kernel/calls/credentials.js";
import { close, mkdirat, openat, pipe2, read, write } from "../../../src/kernel/calls/file.js";
import { mount, moveMount, openTree, umount2 } from "../../../src/kernel/calls/mount.js";
import { getDumpable, setParentDeathSignal } from "../../../src/kernel/calls/process.js";
import { CLONE_NEWNS, CLONE_NEWUTS } from "../../../src/kernel/constants/clone.js";
import {
  AT_FDCWD,
  O_CLOEXEC,
  O_CREAT,
  O_DIRECTORY,
  O_RDONLY,
  O_WRONLY,
} from "../../../src/kernel/constants/file.js";
import {
  MOVE_MOUNT_F_EMPTY_PATH,
  OPEN_TREE_CLOEXEC,
  OPEN_TREE_CLONE,
} from "../../../src/kernel/constants/mount.js";
import { performSystemCall } from "../../../src/kernel/libc.js";
import { launch } from "../../../src/kernel/launch/launch.js";
import { machineCode } from "../../../src/kernel/launch/machine-code.js";
import { addSignalReset, addStreams } from "../../../src/kernel/program/clean-start.js";
import { executeCommand } from "../../../src/kernel/program/command.js";
import {
  ProgramBuilder,
  type Program,
  type StepWriter,
} from "../../../src/kernel/program/program.js";
import { addWaitForParent } from "../../../src/kernel/program/wait-for-parent.js";
import { watchReadable } from "../../../src/kernel/poll.js";
import { placeholder } from "../../../src/kernel/system-call.js";
import { addIsolation, box, environment, makeRootfs, namespaces, program } from "./box.js";
import { type Command, leftovers, outcome, vfork, waiting } from "./launch-support.js";

import { running } from "./launch-waiting.js";

export * from "./launch-waiting.js";

export async function command({ argv, mode }: { argv: Command; mode: "vfork" | "waiting" }) {
  makeRootfs();
  const add = mode === "waiting" ? addWaitForParent : undefined;
  return outcome(program(argv, add), { flags: namespaces, mode });
}

/** Programs whose entry number k fails, for each k of the common container in turn. */
export async function eachEntryFails({ mode }: { mode: "vfork" | "waiting" }) {
  makeRootfs();
  const good = program(["true"]);
  const before = leftovers();
  const outcomes: unknown[] = [];
  const candidates = executeCommand(["true"], environment);
  for (let index = 0; index < good.entries.length - candidates.length; index++) {
    const builder = new ProgramBuilder();
    good.entries.slice(0, good.entries.length - candidates.length).forEach((entry, each) => {
      const bad = umount2("/not-there");
      builder.step(entry.step).add(each === index ? bad : entry.call, entry);
    });
    outcomes.push(
      await outcome(builder.execute("execute", candidates), { flags: namespaces, mode }),
    );
  }
  return { outcomes, before, after: leftovers() };
}

function bare(candidates: ReturnType<typeof executeCommand>): Program {
  const builder = new ProgramBuilder();
  addSignalReset(builder.step("signals"));
  return builder.execute("execute", candidates);
}

/** PATH search, outside any container. */
export async function search() {
  for (const each of ["denied", "empty", "good"]) mkdirSync(`/run/${each}`);
  writeFileSync("/run/denied/tool", "");
  writeFileSync("/run/good/tool", "#!/bin/sh\nexit 42\n");
  chmodSync("/run/good/tool", 0o755);
  writeFileSync("/run/good/data", "neither a binary nor a script");
  chmodSync("/run/good/data", 0o755);
  const find = (argv: Command, path: string) =>
    outcome(bare(executeCommand(argv, [`PATH=${path}`])), { flags: 0, mode: "vfork" });
  process.chdir("/run/good");
  return {
    foundAfterDenied: await find(["tool"], "/run/missing:/run/denied:/run/good"),
    denied: await find(["tool"], "/run/denied:/run/empty"),
    missing: await find(["tool"], "/run/empty:/run/missing"),
    notADirectory: await find(["tool"], "/run/denied/tool"),
    absolute: await find(["/run/good/tool"], "/nowhere"),
    absoluteMissing: await find(["/run/good/none"], "/run/good"),
    workingDirectory: await find(["tool"], "/nowhere:"),
    noFormat: await find(["data"], "/run/good"),
    aDirectory: await find(["/run/good"], ""),
    emptyName: await find([""], "/run/good"),
  };
}

/** Errors to be ignored, and those that are not. */
export async function ignored() {
  makeRootfs();
  const onTmp = (options: Parameters<StepWriter["add"]>[1], path = "/tmp") =>
    outcome(program(["true"], (writer) => writer.add(mkdirat(AT_FDCWD, path, 0o755), options)));
  return {
    none: await onTmp({}),
    first: await onTmp({ ignore: ["EEXIST"] }),
    second: await onTmp({ ignore: ["EBUSY", "EEXIST"] }),
    other: await onTmp({ ignore: ["EBUSY", "ENOENT"] }),
    all: await onTmp({ ignore: "all" }, "/no/such/directory"),
  };
}

/** Results of calls that flow into later ones. */
export async function results() {
  makeRootfs();
  mkdirSync("/run/volume");
  writeFileSync("/run/volume/file", "from the volume\n");
  mkdirSync(`${box}/mnt`);
  const builder = new ProgramBuilder();
  const volume = builder.step("open the volume");
  const flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC;
  const tree = volume.add(openTree(AT_FDCWD, "/run/volume", flags));
  addIsolation(builder);
  const attach = builder.step("attach the volume");
  attach.add(moveMount(tree, "", AT_FDCWD, "/mnt", MOVE_MOUNT_F_EMPTY_PATH));
  const file = attach.add(openat(AT_FDCWD, "/tmp/new", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600));
  attach.add(write(file, "written by the program\n"));
  attach.add(close(file));
  addStreams(builder.step("streams"));
  addSignalReset(builder.step("signals"));
  const argv: Command = ["cat", "/mnt/file", "/tmp/new"];
  return outcome(builder.execute("execute", executeCommand(argv, environment)));
}

/** A result in the message of a failure: the descriptor it had. */
export async function resultInMessage() {
  const builder = new ProgramBuilder();
  const step = builder.step("use a file");
  const file = step.add(openat(AT_FDCWD, "/dev/null", O_RDONLY | O_CLOEXEC));
  step.add(write(file, "x"));
  return outcome(builder.execute("execute", executeCommand(["/bin/true"], [])), {
    flags: 0,
    mode: "vfork",
  });
}

function openPipe(): Int32Array {
  const fds = new Int32Array(2);
  performSystemCall(pipe2(fds, O_CLOEXEC));
  return fds;
}

/** A child started inside a cgroup v2 directory. */
export async function cgroup() {
  const group = `/sys/fs/cgroup/unified/cooper-kernel-test-${process.hrtime.bigint()}`;
  mkdirSync(group);
  const fd = openSync(group, O_RDONLY | O_DIRECTORY);
  try {
    const built = program(["cat", "/proc/self/cgroup"]);
    makeRootfs();
    return { group, status: await outcome(built, { ...vfork, cgroup: fd }) };
  } finally {
    closeSync(fd);
    rmdirSync(group);
  }
}

/** clone3 itself refuses: the descriptor is no cgroup. */
export async function cloneFails() {
  const before = leftovers();
  const null_ = openSync("/dev/null", "r");
  const outcomes = {
    vfork: await outcome(program(["true"]), { ...vfork, cgroup: null_ }),
    waiting: await outcome(program(["true"], addWaitForParent), { ...waiting, cgroup: null_ }),
  };
  closeSync(null_);
  return { outcomes, before, after: leftovers() };
}

/** The dumpable flag of this process after a child that shares its memory changed its user. */
export async function dumpable() {
  makeRootfs();
  const before = performSystemCall(getDumpable());
  const status = await outcome(
    program(["true"], (writer) => {
      writer.add(setresgid(1000, 1000, 1000));
      writer.add(setresuid(1000, 1000, 1000));
    }),
  );
  return { before, status, after: performSystemCall(getDumpable()) };
}

/** A signal that Node catches, sent to a child before it executes its command. */
export async function caughtSignal() {
  makeRootfs();
  let caught = 0;
  process.on("SIGUSR2", () => caught++);
  // Not as process 1 of a namespace, which no signal but SIGKILL reaches by its default action.
  const built = program(["true"], addWaitForParent);
  const child = launch(built, { flags: CLONE_NEWNS | CLONE_NEWUTS, mode: "waiting" });
  child.kill(12);
  await child.release();
  const status = await child.wait();
  process.kill(process.pid, "SIGUSR2");
  await sleep(50);
  return { status, caught };
}

/** Timers go on while a container runs and is waited for. */
export async function eventLoop() {
  makeRootfs();
  const child = launch(program(["sleep", "0.5"]), vfork);
  let ticks = 0;
  const timer = setInterval(() => ticks++, 10);
  const status = await child.wait();
  clearInterval(timer);
  return { status, ticks, killed: child.kill(9), again: await child.wait() };
}

/** An exit is noticed while nothing else happens in the event loop. */
export async function quietLoop() {
  makeRootfs();
  const distant = setTimeout(() => undefined, 20_000);
  const start = Date.now();
  const child = launch(program(["sleep", "0.1"]), vfork);
  const status = await child.wait();
  const held = launch(program(["true"], addWaitForParent), waiting);
  await held.release();
  await held.wait();
  clearTimeout(distant);
  return { status, quick: Date.now() - start < 5_000 };
}

/** An exception in what is called when a descriptor becomes readable is not lost. */
export async function callbackThrows() {
  const caught = once(process, "uncaughtException");
  const [readable = -1, writable = -1] = openPipe();
  closeSync(writable);
  watchReadable(readable, () => {
    throw new Error("from the callback");
  }).keepAlive(true);
  const [error] = (await Promise.race([caught, sleep(5_000, [])])) as [Error?];
  return error?.message;
}

/** Node ends while containers still run, and one of them ends in the same moment. */
export async function leaves() {
  makeRootfs();
  const add = (writer: StepWriter) => writer.add(setParentDeathSignal(9));
  for (let index = 0; index < 5; index++) launch(program(["true"], add), vfork);
  launch(program(["sleep", "1000"], add), vfork);
  launch(program(["sleep", "1000"], addWaitForParent), waiting);
  // Blocks the event loop, so that the exits are waiting to be noticed when Node stops.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  return Promise.resolve("left");
}

/** A program far larger than one region, with an environment that says so. */
export async function large() {
  makeRootfs();
  const builder = new ProgramBuilder();
  addIsolation(builder);
  for (let index = 0; index < 2000; index++)
    builder.step("many").add(mkdirat(AT_FDCWD, `/tmp/${index}`, 0o755));
  addStreams(builder.step("streams"));
  addSignalReset(builder.step("signals"));
  const argv: Command = ["sh", "-c", 'ls /tmp | wc -l; echo "${#LARGE}"'];
  const variables = [...environment, `LARGE=${"x".repeat(100_000)}`];
  // `wc` is no link in the root file system: called through busybox itself.
  const busybox: Command = ["/bin/busybox", ...argv] as Command;
  return outcome(builder.execute("execute", executeCommand(busybox, variables)));
}

/** The page that holds the routine, as /proc/self/maps lists it after a launch. */
export async function routinePages() {
  makeRootfs();
  await outcome(program(["true"]));
  const code = Buffer.from(machineCode[process.arch as "x64" | "arm64"], "hex");
  const memory = openSync("/proc/self/mem", "r");
  const start = Buffer.alloc(code.length);
  const found = readFileSync("/proc/self/maps", "utf8")
    .split("\n")
    .filter((line) => / 00:00 0 *$/.test(line) && line.includes(" r"))
    .filter((line) => {
      const address = BigInt(`0x${line.slice(0, line.indexOf("-"))}`);
      readSync(memory, start, 0, start.length, address as unknown as number);
      return start.equals(code);
    });
  return found.map((line) => line.split(" ")[1]);
}

/** Standard streams from elsewhere, two of them crossed. */
export async function streams() {
  makeRootfs();
  writeFileSync("/run/input", "from a file\n");
  const builder = new ProgramBuilder();
  addIsolation(builder);
  addStreams(builder.step("streams"), [placeholder("input"), 2, 1]);
  addSignalReset(builder.step("signals"));
  const argv: Command = ["sh", "-c", "cat; echo to error >&2; ls /proc/self/fd | wc -l"];
  const busybox: Command = ["/bin/busybox", ...argv] as Command;
  const input = openSync("/run/input", "r");
  return outcome(builder.execute("execute", executeCommand(busybox, environment)), {
    ...vfork,
    values: { input },
  });
}

/** What is refused before anything is started. */
export function refused() {
  const message = (action: () => unknown): string => {
    try {
      action();
      return "";
    } catch (error) {
      return `${(error as Error).name}: ${(error as Error).message}`;
    }
  };
  const needs = program(["true"], (writer) => writer.add(close(placeholder("lost"))));
  return {
    placeholder: message(() => launch(needs, vfork)),
    atOnce: message(() => performSystemCall(close(placeholder("lost")))),
    performed: message(() => performSystemCall(mount("proc", "/x/proc", "proc", 0, null))),
    read: message(() => performSystemCall(read(99, Buffer.alloc(1)))),
  };
}

/** 200 containers at once: what they cost this process. */
export async function manyAlive({ count }: { count: number }) {
  makeRootfs();
  const built = program(["sleep", "1000"]);
  // What is paid once, by the first launch, is no cost of a container.
  for (let index = 0; index < 20; index++) await outcome(program(["true"]));
  const before = leftovers();
  const memoryBefore = process.memoryUsage().rss;
  const starts: number[] = [];
  const children = Array.from({ length: count }, () => {
    const start = process.hrtime.bigint();
    const child = launch(built, vfork);
    starts.push(Number(process.hrtime.bigint() - start) / 1e6);
    return child;
  });
  const memoryPerContainer = (process.memoryUsage().rss - memoryBefore) / count;
  const alive = children.filter((child) => running(child.pid)).length;
  for (const child of children) child.kill(9);
  const statuses = await Promise.all(children.map((child) => child.wait()));
  const median = (times: number[]) => times.toSorted((a, b) => a - b)[times.length >> 1];
  return {
    alive,
    killed: statuses.filter((status) => "signal" in status && status.signal === 9).length,
    memoryPerContainer,
    first20: median(starts.slice(0, 20)),
    last20: median(starts.slice(-20)),
    before,
    after: leftovers(),
  };
}
