/** Cases of a program that a second process goes on with, in the pid namespace of a running container. */
import { readlinkSync } from "node:fs";
import { umount2 } from "../../../src/kernel/calls/mount.js";
import { setns } from "../../../src/kernel/calls/namespace.js";
import { CLONE_NEWNS, CLONE_NEWPID } from "../../../src/kernel/constants/clone.js";
import { launch } from "../../../src/kernel/launch/launch.js";
import { addSignalReset, addStreams } from "../../../src/kernel/program/clean-start.js";
import { executeCommand } from "../../../src/kernel/program/command.js";
import { ProgramBuilder, type StepWriter } from "../../../src/kernel/program/program.js";
import { addSuccessor } from "../../../src/kernel/program/successor.js";
import { placeholder } from "../../../src/kernel/system-call.js";
import { environment, makeRootfs, program } from "./box.js";
import { type Command, leftovers, problem, vfork } from "./launch-support.js";

const nothing = () => undefined;
const fail = (writer: StepWriter) => writer.add(umount2("/not-there"));

function joining(
  command: Command,
  before: (writer: StepWriter) => unknown = nothing,
  after: (writer: StepWriter) => unknown = nothing,
) {
  const builder = new ProgramBuilder();
  const writer = builder.step("join");
  addStreams(writer);
  before(writer);
  writer.add(setns(placeholder("process"), CLONE_NEWPID | CLONE_NEWNS));
  addSuccessor(writer);
  after(writer);
  addSignalReset(writer);
  return builder.execute("execute", executeCommand(command, environment));
}

export async function successor() {
  makeRootfs();
  const container = launch(program(["sleep", "1000"]), vfork);
  const before = leftovers();
  const values = { process: container.pidfd };
  const start = (...parts: Parameters<typeof joining>) =>
    launch(joining(...parts), { flags: 0, mode: "vfork", values });
  const attempt = (...parts: Parameters<typeof joining>) => {
    try {
      return start(...parts);
    } catch (error) {
      return problem(error);
    }
  };
  const child = start(["sh", "-c", "echo pid $$; cat /proc/$$/status; exit 4"]);
  const status = await child.wait();
  const killed = start(["sleep", "1000"]);
  const namespaces = [container, killed].map(({ pid }) => readlinkSync(`/proc/${pid}/ns/pid`));
  killed.kill(9);
  const signal = await killed.wait();
  const failures = [
    attempt(["true"], fail),
    attempt(["true"], nothing, fail),
    attempt(["missing"]),
  ];
  // Node starts threads for this; it would abort if this process were half elsewhere.
  await import("node:fs/promises").then(({ readFile }) => readFile("/proc/self/status"));
  const after = leftovers();
  container.kill(9);
  await container.wait();
  return { status, signal, namespaces, failures, before, after };
}

/** A successor needs a parent that is suspended. */
export function waitingSuccessor() {
  try {
    launch(joining(["true"]), { flags: 0, mode: "waiting", values: { process: 0 } });
    return "started";
  } catch (error) {
    return String(error);
  }
}
