import { constants } from "node:os";
import { setgroups, setresgid, setresuid } from "../kernel/calls/credentials.js";
import { chdir } from "../kernel/calls/file.js";
import { setParentDeathSignal } from "../kernel/calls/process.js";
import { addSignalReset } from "../kernel/program/clean-start.js";
import { executeCommand } from "../kernel/program/command.js";
import type { Value } from "../model/value.js";
import { defineStep } from "./step.js";

export interface ExecFields {
  readonly args: readonly Value<"text">[];
  readonly env: Readonly<Record<string, Value<"text">>>;
  /** Where a command without a slash is searched, as in PATH. */
  readonly searchPath: Value<"text">;
  readonly cwd: Value<"path">;
  readonly user: { readonly uid: number; readonly gid: number };
}

/** Becomes the command: from here on the container's first process is the user's program. */
export const exec = defineStep<ExecFields>({
  kind: "exec",
  where: "container",
  phase: "command",
  required: true,
  takesCommand: true,
  title: () => ({ en: "become the command", zh: "执行命令，成为容器的 1 号进程" }),
  explanation: {
    en: {
      what: "Clears the environment, enters the new root and working directory, drops supplementary groups, takes the user's ids and executes the command in place: it is process 1 of the container.",
      without: "A built container with nobody in it.",
    },
    zh: {
      what: "清空环境变量，进入新的根和工作目录，清除附加组，切换用户，然后就地执行命令：它就是容器的 1 号进程。",
      without: "容器建好了，里面却没有进程。",
    },
  },
  manual: ["execve(2)", "env(1)", "unshare(1)"],
  tools: () => ["env", "unshare"],
  effects: () => [],
  lower: ({ env, cwd, user: { uid, gid } }, container) => {
    const { builder, command } = container;
    const writer = builder.step("exec");
    const environment = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    writer.add(chdir(cwd));
    writer.add(setgroups([]));
    writer.add(setresgid(gid, gid, gid));
    writer.add(setresuid(uid, uid, uid));
    // A change of ids clears it, so it comes after them.
    writer.add(setParentDeathSignal(constants.signals.SIGKILL));
    addSignalReset(writer);
    container.program = builder.execute("exec", executeCommand(command, environment));
  },
  undo: undefined,
});
