import { chmodSync } from "node:fs";
import { text } from "../model/param.js";
import type { Text, Value } from "../model/value.js";
import { writeLine } from "./records.js";
import { defineStep } from "./step.js";

export interface HostsFields {
  readonly file: Text;
  /** Where the addresses of the machine itself lie, as every hosts file has it. */
  readonly localhost: readonly string[];
  /** The host name that stands for the container's own address; undefined when it has none. */
  readonly hostname: Value<"name"> | undefined;
  readonly extra: readonly { readonly name: string; readonly address: Value<"text"> }[];
}

/** The container's own table of hosts; a bind mount lays it over the root file system's. */
export const hosts = defineStep<HostsFields>({
  kind: "hosts",
  where: "host",
  phase: "network",
  title: ({ hostname, extra }) => {
    const names = [...(hostname === undefined ? [] : [hostname]), ...extra.map(({ name }) => name)];
    return {
      en: text`know the hosts ${list(names, ", ")} by name`,
      zh: text`记录主机名 ${list(names, "、")}`,
    };
  },
  explanation: {
    en: {
      what: "Writes a hosts file for this container alone: localhost, its own host name with its address, and the hosts that the config adds. It is mounted over /etc/hosts later, and is looked up before any name server is asked.",
      without:
        "The container does not find itself by its own host name, which many programs look up when they start, nor its neighbours by theirs.",
    },
    zh: {
      what: "为这个容器单独写一份 hosts 文件：localhost、容器自己的主机名及地址，以及配置中添加的主机。稍后挂载到 /etc/hosts 之上；解析域名时先查它，再问 DNS 服务器。",
      without: "容器用自己的主机名找不到自己（许多程序启动时会查），也无法用名称找到相邻的容器。",
    },
  },
  manual: ["hosts(5)", "nsswitch.conf(5)"],
  needsRoot: false,
  tools: () => [],
  effects: ({ file }) => [{ type: "file", target: file, lifetime: "container" }],
  perform: ({ file, localhost, hostname, extra }, { address }) => {
    const own = hostname === undefined ? [] : [`${address} ${hostname}`];
    const others = extra.map((each) => `${each.address} ${each.name}`);
    writeLine(file, [...localhost, ...own, ...others].join("\n"));
    // The container's user reads it, whatever the umask of the launcher is.
    chmodSync(file, 0o644);
  },
  undo: undefined,
});

/** Names for a title. */
function list(names: readonly (string | Value<"name">)[], separator: string): Text {
  const [first = "", ...others] = names;
  return others.reduce<Text>((sofar, name) => text`${sofar}${separator}${name}`, text`${first}`);
}
