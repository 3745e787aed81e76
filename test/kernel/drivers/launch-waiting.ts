/** Cases of the launch in which the child waits for its parent, or dies with it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { setresgid, setresuid } from "../../../src/kernel/calls/credentials.js";
import { openat } from "../../../src/kernel/calls/file.js";
import { umount2 } from "../../../src/kernel/calls/mount.js";
import { setParentDeathSignal } from "../../../src/kernel/calls/process.js";
import { CLONE_NEWNET, CLONE_NEWUSER } from "../../../src/kernel/constants/clone.js";
import {
  AT_FDCWD,
  O_CLOEXEC,
  O_CREAT,
  O_RDONLY,
  O_WRONLY,
} from "../../../src/kernel/constants/file.js";
import { launch } from "../../../src/kernel/launch/launch.js";
import { type StepWriter } from "../../../src/kernel/program/program.js";
import { addWaitForParent } from "../../../src/kernel/program/wait-for-parent.js";
import { box, makeRootfs, namespaces, program } from "./box.js";
import { leftovers, outcome, problem, vfork, waiting } from "./launch-support.js";

/** A child in a user namespace whose maps the parent writes while it waits. */
export async function userNamespace() {
  makeRootfs();
  const built = program(["sh", "-c", "id -u; id -g; cat /proc/self/uid_map"], (writer) => {
    addWaitForParent(writer);
    writer.add(setresgid(5, 5, 5));
    writer.add(setresuid(7, 7, 7));
  });
  // The kernel lets a user namespace mount sysfs only with a network namespace of its own.
  const flags = namespaces | CLONE_NEWUSER | CLONE_NEWNET;
  const child = launch(built, { flags, mode: "waiting" });
  writeFileSync(`/proc/${child.pid}/uid_map`, "0 100000 65536\n");
  writeFileSync(`/proc/${child.pid}/gid_map`, "0 100000 65536\n");
  await child.release();
  return child.wait();
}

/** Failures of waiting children: before the release, after it, and without any release. */
export async function waitingFailures() {
  makeRootfs();
  const failing = (writer: StepWriter) => writer.add(umount2("/not-there"));
  const early = program(["true"], (writer) => {
    failing(writer);
    addWaitForParent(writer);
  });
  const lateFailure = program(["true"], (writer) => {
    addWaitForParent(writer);
    failing(writer);
  });
  const neverReleased = launch(early, waiting);
  const waited = await neverReleased.wait().catch(problem);
  const released = await neverReleased.release().catch(problem);
  const killed = launch(lateFailure, waiting);
  killed.kill(15);
  killed.kill(9);
  return {
    early: await outcome(early, waiting),
    late: await outcome(lateFailure, waiting),
    waited,
    released,
    killed: await killed.wait(),
    leftovers: leftovers(),
  };
}

/** What the parent does when the child has arrived comes between the entries before and those after. */
export async function arrival() {
  makeRootfs();
  const built = program(["sh", "-c", "cat /before /after"], (writer) => {
    writer.add(openat(AT_FDCWD, "/before", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600));
    addWaitForParent(writer);
    writer.add(openat(AT_FDCWD, "/after", O_RDONLY | O_CLOEXEC));
  });
  const child = launch(built, waiting);
  await child.arrived();
  const between = existsSync(`${box}/before`);
  writeFileSync(`${box}/after`, "");
  await child.arrived();
  await child.release();
  const killed = launch(built, waiting);
  await killed.arrived();
  killed.kill(9);
  await killed.wait();
  await killed.arrived();
  const failing = program(["true"], (writer) => {
    writer.add(umount2("/not-there"));
    addWaitForParent(writer);
  });
  return {
    between,
    status: await child.wait(),
    failed: await launch(failing, waiting).arrived().catch(problem),
  };
}

/** A second process that only starts a child, so that it can be killed. */
export async function victim({ kind }: { kind: "waiting" | "death signal" }) {
  const add = (writer: StepWriter): void => {
    if (kind === "death signal") writer.add(setParentDeathSignal(9));
    else addWaitForParent(writer);
  };
  const built = program(["sh", "-c", "echo started > /proc/1/root/tmp/ran; sleep 1000"], add);
  const child = launch(built, kind === "waiting" ? waiting : vfork);
  // A sibling that starts later and lives on must not keep the first one's pipe open.
  const sibling = launch(
    program(["sleep", "1000"], (writer) => writer.add(setParentDeathSignal(9))),
    vfork,
  );
  process.stdout.write(`pids ${child.pid} ${sibling.pid}\n`);
  await sleep(60_000);
}

/** Whether a process is alive. */
export function running(pid: number): boolean {
  return existsSync(`/proc/${pid}/stat`) && !/ Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
}

/** Kills a launcher with SIGKILL and sees whether its child goes with it. */
export async function launcherDies({ kind }: { kind: string }) {
  makeRootfs();
  const argv = [process.argv[1] ?? "", "victim", JSON.stringify({ kind })];
  const launcher = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  for await (const chunk of launcher.stdout) {
    output += String(chunk);
    if (output.includes("\n")) break;
  }
  const [child, sibling] = (/pids (\d+) (\d+)/.exec(output) ?? []).slice(1).map(Number);
  if (child === undefined || sibling === undefined) throw new Error(output);
  const before = running(child);
  launcher.kill("SIGKILL");
  await once(launcher, "exit");
  const end = Date.now() + 10_000;
  while ((running(child) || running(sibling)) && Date.now() < end) await sleep(10);
  return { before, after: running(child), sibling: running(sibling) };
}

/** Two children wait at once; releasing the first does not depend on the second. */
export async function twoWaiting() {
  makeRootfs();
  const built = program(["true"], addWaitForParent);
  const first = launch(built, waiting);
  const second = launch(built, waiting);
  const between = await outcome(program(["sh", "-c", "exit 3"]));
  await first.release();
  const status = await first.wait();
  const secondAlive = !second.ended;
  await second.release();
  return { between, status, secondAlive, second: await second.wait() };
}
