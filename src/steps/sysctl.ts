import { existsSync, readFileSync, rmSync } from "node:fs";
import { othersHold, writeLine } from "./records.js";
import { madeDirectory, mark } from "./run-directory.js";
import { text } from "../model/param.js";
import { defineStep } from "./step.js";

export interface SysctlFields {
  /** The key with dots, such as `net.ipv4.ip_forward`. */
  readonly key: string;
  /** Its file below /proc/sys. */
  readonly path: string;
  readonly value: string;
}

/** Gives a kernel parameter the value it had before Cooper changed it, and takes the note of it away. */
export function restoreSysctl(key: string): void {
  const made = `${madeDirectory}/${mark("sysctl", key)}`;
  const [before, now] = [made, pathOf(key)].map((file) => readFileSync(file, "utf8").trim());
  // It may never have been changed.
  if (before !== now) writeLine(pathOf(key), before ?? "");
  rmSync(made);
}

const pathOf = (key: string) => `/proc/sys/${key.replaceAll(".", "/")}`;

/** Sets a kernel parameter of the host; the old value comes back with the last container that needed it. */
export const sysctl = defineStep<SysctlFields>({
  kind: "sysctl",
  where: "host",
  phase: "network",
  title: ({ key, value }) => ({
    en: text`set ${key} to ${value}`,
    zh: text`设置 ${key} 为 ${value}`,
  }),
  explanation: {
    en: {
      what: "Lets the kernel forward packets between interfaces. The old value is kept and written back when the last container that needs it has ended.",
      without: "Packets of the container reach the bridge and are dropped there: no outside world.",
    },
    zh: {
      what: "允许内核在网络接口之间转发数据包。原值会保存下来，最后一个需要它的容器结束时恢复。",
      without: "容器的数据包到网桥就被丢弃，无法访问外部网络。",
    },
  },
  manual: ["sysctl(8)", "proc(5)"],
  tools: () => [],
  effects: ({ key, value }) => [
    { type: "sysctl", target: `${key} = ${value}`, lifetime: "shared" },
  ],
  perform: ({ key, path, value }, { directory, undo }) => {
    const used = mark("sysctl", key);
    const made = `${madeDirectory}/${used}`;
    writeLine(`${directory}/${used}`, "");
    undo(() => {
      if (!othersHold(directory, used) && existsSync(made)) restoreSysctl(key);
    });
    const current = readFileSync(path, "utf8").trim();
    if (current === value) return;
    // A value that an earlier container kept is the older one.
    if (!existsSync(made)) writeLine(made, current);
    writeLine(path, value);
  },
  undo: ({ key }) => ({
    en: text`write the old value of ${key} back (last container only)`,
    zh: text`恢复 ${key} 的原值（仅最后一个容器）`,
  }),
});

/** The fields of a step that writes a value to a key of sysctl(8). */
export const sysctlFields = (key: string, value: string): SysctlFields => ({
  key,
  path: pathOf(key),
  value,
});
