import { existsSync, rmSync } from "node:fs";
import { HostProblem } from "./host.js";
import { text } from "../model/param.js";
import type { HostVariable, Text, Value } from "../model/value.js";
import { aliveLauncher, launcherLine, removeContainerDirectory, writeLine } from "./records.js";
import { existingRunDirectory, makeRecord, systemRunDirectory } from "./run-directory.js";
import { defineStep } from "./step.js";

export interface NameFields {
  readonly name: Value<"name">;
  readonly directory: Text;
  /** Where containers are recorded. */
  readonly runDirectory: string | HostVariable;
  /** Whether anybody may start it: containers of others than root are recorded elsewhere. */
  readonly anyUser: boolean;
}

/** Claims the container's name by making its directory, which only one can do. */
export const name = defineStep<NameFields>({
  kind: "name",
  where: "host",
  phase: "claim",
  required: true,
  title: ({ name }) => ({ en: text`claim the name ${name}`, zh: text`登记容器名称 ${name}` }),
  explanation: {
    en: {
      what: "Makes a directory named after the container. mkdir fails when it is there already, so of two containers with one name only one can start. The record in it tells which process runs the container; a record whose process is dead is cleared away.",
      without:
        "Two containers of one name would share a cgroup, a network namespace and a clean-up: the first to end takes the other's down.",
    },
    zh: {
      what: "创建以容器命名的目录。目录已存在时 mkdir 会失败，因此同名的两个容器只有一个能启动。目录中的记录写明由哪个进程运行容器；进程已不在的记录会被清理。",
      without:
        "同名的两个容器会共用 cgroup、network namespace 和清理过程：先结束的那个会把另一个的资源一并删除。",
    },
  },
  manual: ["mkdir(2)", "flock(1)"],
  needsRoot: false,
  tools: ({ anyUser }) => ["flock", "mkdir", "rm", ...(anyUser ? (["stat"] as const) : [])],
  effects: ({ directory, runDirectory }) => [
    { type: "directory", target: directory, lifetime: "container" },
    { type: "directory", target: text`${runDirectory}`, lifetime: "stays" },
  ],
  perform: async ({ name, directory, runDirectory }, host) => {
    const isSystem = runDirectory === systemRunDirectory;
    if (!existsSync(runDirectory)) makeRecord(runDirectory, isSystem ? 0o755 : 0o700);
    if (!isSystem) existingRunDirectory();
    for (const each of ["containers", "made"].map((part) => `${runDirectory}/${part}`))
      if (!existsSync(each)) makeRecord(each);
    await host.lock();
    if (!makeRecord(directory)) {
      const pid = aliveLauncher(directory);
      if (pid !== undefined) throw new HostProblem("name-in-use", { name, pid: String(pid) });
      host.stale = true;
      rmSync(directory, { recursive: true });
      makeRecord(directory);
    }
    host.undo(() => {
      removeContainerDirectory(directory);
    });
    writeLine(`${directory}/launcher`, launcherLine());
  },
  undo: ({ directory }) => ({ en: text`remove ${directory}`, zh: text`删除 ${directory}` }),
});
