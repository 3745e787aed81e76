import { chmodSync } from "node:fs";
import { text } from "../model/param.js";
import type { Text, Value } from "../model/value.js";
import { writeText } from "./records.js";
import { defineStep } from "./step.js";

export interface FileFields {
  /** Where it is written: in the container's directory on the host, under this name. */
  readonly file: Text;
  readonly name: string;
  /** Where it appears inside the container. */
  readonly destination: string;
  readonly content: Value<"text">;
  /** Permissions, in octal. */
  readonly mode: string;
}

/** A file with what the config says; a bind mount lays it over the root file system. */
export const file = defineStep<FileFields>({
  kind: "file",
  where: "host",
  phase: "storage",
  title: ({ destination }) => ({
    en: text`write the file ${destination}`,
    zh: text`写入文件 ${destination}`,
  }),
  explanation: {
    en: {
      what: "Writes a file for this container alone, with the content and the permissions that the config gives. It is mounted at its place later, so the root file system, which other containers may share, is never written to.",
      without: "The container finds what its root file system has there, or nothing at all.",
    },
    zh: {
      what: "为这个容器单独写一个文件，内容和权限由配置给出，稍后挂载到指定位置；rootfs 可能由多个容器共享，绝不写入。",
      without: "容器在该位置看到的是 rootfs 中原有的文件，或者什么都没有。",
    },
  },
  manual: ["printf(1)", "chmod(1)"],
  needsRoot: false,
  tools: () => ["chmod"],
  effects: ({ file }) => [{ type: "file", target: file, lifetime: "container" }],
  perform: ({ file, name, content, mode }) => {
    writeText(file, content, name);
    // Whatever the umask of the launcher is.
    chmodSync(file, mode);
  },
  undo: undefined,
});

/** The fields of a file: `number` tells it from the container's others. */
export const fileFields = (
  directory: Text,
  number: number,
  { path, content, mode }: { path: string; content: Value<"text">; mode: number },
): FileFields => {
  const name = `file-${String(number)}`;
  const octal = mode.toString(8).padStart(4, "0");
  return { file: text`${directory}/${name}`, name, destination: path, content, mode: octal };
};
