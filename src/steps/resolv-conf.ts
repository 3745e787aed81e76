import { chmodSync } from "node:fs";
import { writeLine } from "./records.js";
import { text } from "../model/param.js";
import type { Text } from "../model/value.js";
import { defineStep } from "./step.js";

export interface ResolvConfFields {
  readonly file: Text;
  /** IPv4 or IPv6 addresses. */
  readonly servers: readonly string[];
  /** The file's text, without the last line end. */
  readonly content: string;
}

/** The container's own resolver configuration; a bind mount lays it over the root file system's. */
export const resolvConf = defineStep<ResolvConfFields>({
  kind: "resolv-conf",
  where: "host",
  phase: "network",
  title: ({ servers }) => ({
    en: text`use the name servers ${servers.join(", ")}`,
    zh: text`使用 DNS 服务器 ${servers.join("、")}`,
  }),
  explanation: {
    en: {
      what: "Writes a resolv.conf for this container alone. It is mounted over /etc/resolv.conf later, so the root file system, which other containers may share, is never written to.",
      without: "The container knows addresses and no names.",
    },
    zh: {
      what: "为这个容器单独写一份 resolv.conf，稍后挂载到 /etc/resolv.conf 之上；rootfs 可能由多个容器共享，绝不写入。",
      without: "容器只能用地址访问网络，无法解析域名。",
    },
  },
  manual: ["resolv.conf(5)"],
  needsRoot: false,
  tools: () => [],
  effects: ({ file }) => [{ type: "file", target: file, lifetime: "container" }],
  perform: ({ file, content }) => {
    writeLine(file, content);
    // The container's user reads it, whatever the umask of the launcher is.
    chmodSync(file, 0o644);
  },
  undo: undefined,
});
