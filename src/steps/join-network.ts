import { existsSync, linkSync } from "node:fs";
import { networkNamespacePath, openNetworkNamespace } from "../kernel/network-namespace.js";
import { text } from "../model/param.js";
import type { Value } from "../model/value.js";
import { HostProblem } from "./host.js";
import { aliveLauncher, writeLine } from "./records.js";
import { containerDirectory, joinedMark, ownMarks, systemRunDirectory } from "./run-directory.js";
import { defineStep } from "./step.js";

export interface JoinNetworkFields {
  /** The container whose network namespace is joined. */
  readonly other: Value<"name">;
  /** Files of the other container that this one shares, where that has them. */
  readonly files: readonly string[];
}

/** Shares the network namespace of another container. */
export const joinNetwork = defineStep<JoinNetworkFields>({
  kind: "join-network",
  where: "host",
  phase: "network",
  required: true,
  title: ({ other }) => ({
    en: text`share the network namespace of the container ${other}`,
    zh: text`共用容器 ${other} 的 network namespace`,
  }),
  explanation: {
    en: {
      what: "Makes sure that the other container runs and has a network namespace of its own; the container enters that when it starts, so both have the same interfaces, addresses, ports and firewall, and reach each other at 127.0.0.1. Its resolv.conf and hosts file get a second name here: both containers see the same files, and what is changed in one is changed in both. When the other one ends, the namespace stays as long as somebody is in it, but the way out of it goes: address, ports and rules are the other one's.",
      without:
        "Nobody makes sure that there is a namespace to enter: the start fails, or enters one that is about to be taken down.",
    },
    zh: {
      what: "确认对方容器正在运行，并且有自己的 network namespace；容器启动时进入其中，因此两者的网络接口、地址、端口和防火墙完全相同，可以通过 127.0.0.1 互相访问。对方的 resolv.conf 和 hosts 文件在这里各多一个硬链接：两个容器看到同一份文件，一方改动，双方可见。对方结束后，只要还有进程在里面，namespace 就会保留，但出网的路会断开：地址、端口和规则属于对方。",
      without:
        "没有人确认要进入的 network namespace 存在：容器无法启动，或者进入一个即将被删除的 namespace。",
    },
  },
  manual: ["network_namespaces(7)", "setns(2)", "nsenter(1)"],
  tools: () => ["ln"],
  effects: ({ other, files }) => [
    { type: "writable", target: text`/run/netns/${other}`, lifetime: "container" },
    {
      type: "file",
      target: text`${containerDirectory(other)}/${joinedMark}`,
      lifetime: "shared",
    },
    ...files.map((file) => ({
      type: "writable" as const,
      target: text`${containerDirectory(other)}/${file}`,
      lifetime: "container" as const,
    })),
  ],
  perform: ({ other, files }, host) => {
    const directory = `${systemRunDirectory}/containers/${other}`;
    if (aliveLauncher(directory) === undefined)
      throw new HostProblem("join-missing", { name: other });
    const own = existsSync(`${directory}/${ownMarks.networkNamespace}`);
    if (!own || !existsSync(networkNamespacePath(other)))
      throw new HostProblem("join-no-namespace", { name: other });
    writeLine(`${host.directory}/joined`, other);
    writeLine(`${directory}/${joinedMark}`, "");
    for (const file of files)
      if (existsSync(`${directory}/${file}`))
        linkSync(`${directory}/${file}`, `${host.directory}/${file}`);
    host.networkNamespace = openNetworkNamespace(other);
  },
  undo: undefined,
});
