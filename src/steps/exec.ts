import { setgroups, setresgid, setresuid } from "../kernel/calls/credentials.js";
import { chdir, umask } from "../kernel/calls/file.js";
import { setParentDeathSignal, setResourceLimit } from "../kernel/calls/process.js";
import { SIGKILL } from "../kernel/constants/process.js";
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
  readonly user: {
    readonly uid: number;
    readonly gid: number;
    readonly additionalGids: readonly number[];
  };
  /** The options of setpriv(1) for the groups. */
  readonly identity: readonly string[];
  /** In octal; undefined where it is the one that everything before was done with. */
  readonly umask: string | undefined;
  /** Whether the script runs commands on the way to this one that earlier steps asked for. */
  readonly wrapped: boolean;
  /** Whether the script runs setpriv(1) on the way: for its groups, or because it gives something up. */
  readonly restricted: boolean;
  /** What the script's last process on the way needs for itself; undefined where that is nothing special. */
  readonly enter:
    | {
        /** Numbers of capabilities to enter the root and become the user with, to be dropped then. */
        readonly capabilities: string;
        /** How many variables the command's environment has. */
        readonly variables: number;
      }
    | undefined;
  /** Whether its ids are those of a user namespace, where not everybody may set groups. */
  readonly ofUserNamespace: boolean;
  /** Whether that is all that is special about the way to the command. */
  readonly plainIds: boolean;
  /** Whether the script's launcher is told that the command is there and starts now. */
  readonly announced?: true;
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
      what: "Clears the environment, enters the new root and working directory, takes the user's ids and groups and executes the command in place: it is process 1 of the container.",
      without: "A built container with nobody in it.",
    },
    zh: {
      what: "清空环境变量，进入新的根和工作目录，切换用户和组，然后就地执行命令：它就是容器的 1 号进程。",
      without: "容器建好了，里面却没有进程。",
    },
  },
  manual: ["execve(2)", "env(1)", "unshare(1)"],
  tools: ({ restricted, enter }) => [
    "env",
    "readlink",
    ...(restricted ? (["setpriv"] as const) : []),
    enter === undefined ? "unshare" : "perl",
  ],
  effects: () => [],
  lower: ({ env, cwd, user: { uid, gid, additionalGids }, umask: mask }, container) => {
    const { builder, command, openFiles } = container;
    const writer = builder.step("exec");
    const environment = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    writer.add(chdir(cwd));
    if (openFiles !== undefined)
      writer.add(setResourceLimit("RLIMIT_NOFILE", openFiles.soft, openFiles.hard));
    if (mask !== undefined) writer.add(umask(Number.parseInt(mask, 8)));
    if (container.host.idMaps?.setgroups !== false) writer.add(setgroups(additionalGids));
    writer.add(setresgid(gid, gid, gid));
    writer.add(setresuid(uid, uid, uid));
    // A change of ids clears it, so it comes after them.
    writer.add(setParentDeathSignal(SIGKILL));
    addSignalReset(writer);
    container.program = builder.execute("exec", executeCommand(command, environment));
  },
  undo: undefined,
});
