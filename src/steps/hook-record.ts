import type { Text } from "../model/value.js";
import type { HookFields } from "./hook.js";
import { readOrEmpty, writeLine } from "./records.js";
import { defineStep } from "./step.js";

export interface HookRecordFields {
  /** The file in the container's directory that has them. */
  readonly file: Text;
  /** Programs and their arguments. */
  readonly hooks: readonly HookFields["args"][];
}

/** The name of that file. */
export const recordName = "poststop";

/** Notes which hooks are to run when the container is gone, for whoever clears up after a launcher that was killed. */
export const hookRecord = defineStep<HookRecordFields>({
  kind: "hook-record",
  where: "host",
  phase: "start",
  title: () => ({ en: "record the poststop hooks", zh: "登记 poststop 钩子" }),
  explanation: {
    en: {
      what: "Writes the poststop hooks into the container's record, a line for each: program and arguments as a JSON array. Whoever starts the container runs them at its end; after a SIGKILL nobody is left who would, and cooper clean takes them from here.",
      without:
        "When the launcher is killed by SIGKILL, nobody knows of the hooks any more, and what they were to take down stays behind.",
    },
    zh: {
      what: "把 poststop 钩子写入容器的记录，每个一行：程序及其参数的 JSON 数组。正常情况下由启动者在容器结束时运行它们；启动者被 SIGKILL 杀死后，cooper clean 从这里取出并运行。",
      without: "启动者被 SIGKILL 杀死后，没有谁还知道这些钩子，本应由它们清理的东西会残留下来。",
    },
  },
  manual: ["printf(1)"],
  needsRoot: false,
  tools: () => [],
  effects: ({ file }) => [{ type: "file", target: file, lifetime: "container" }],
  perform: ({ file, hooks }) => {
    writeLine(file, hooks.map((args) => JSON.stringify(args)).join("\n"));
  },
  undo: undefined,
});

/**
 * The hooks in the record of a container; none when it was not started yet. A line without its end is one that its
 * launcher was killed over.
 */
export const recordedHooks = (directory: string): [string, ...string[]][] =>
  readOrEmpty(`${directory}/${recordName}`)
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as [string, ...string[]]);
