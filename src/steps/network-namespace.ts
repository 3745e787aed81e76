import { existsSync } from "node:fs";
import {
  createNetworkNamespace,
  deleteNetworkNamespace,
  networkNamespacePath,
  openNetworkNamespace,
} from "../kernel/network-namespace.js";
import { HostProblem } from "./host.js";
import { writeLine } from "./records.js";
import { ownMarks } from "./run-directory.js";
import { text } from "../model/param.js";
import type { Value } from "../model/value.js";
import { defineStep } from "./step.js";

export interface NetworkNamespaceFields {
  /** The namespace is pinned under /run/netns by this name. */
  readonly name: Value<"name">;
}

/** A network stack of the container's own, made before the container so that it can be set up from outside. */
export const networkNamespace = defineStep<NetworkNamespaceFields>({
  kind: "network-namespace",
  where: "host",
  phase: "network",
  title: ({ name }) => ({
    en: text`create the network namespace ${name}`,
    zh: text`创建 network namespace ${name}`,
  }),
  explanation: {
    en: {
      what: "Makes an empty network stack, and keeps it under /run/netns. It exists before the container, so it is configured from the host and the container never has to reach back.",
      without: "The container shares the host's interfaces, ports and firewall.",
    },
    zh: {
      what: "创建一个空的网络栈，固定在 /run/netns 下。它先于容器存在，因此可以从宿主机配置，容器无需反过来操作宿主机。",
      without: "容器与宿主机共用网络接口、端口和防火墙。",
    },
  },
  manual: ["ip-netns(8)", "network_namespaces(7)"],
  tools: () => ["ip"],
  effects: ({ name }) => [
    { type: "namespace", target: text`/run/netns/${name}`, lifetime: "container" },
  ],
  perform: ({ name }, host) => {
    if (existsSync(networkNamespacePath(name))) {
      if (!host.stale) throw new HostProblem("netns-in-use", { name });
      deleteNetworkNamespace(name);
    }
    writeLine(`${host.directory}/${ownMarks.networkNamespace}`, "");
    createNetworkNamespace(name);
    host.undo(() => {
      deleteNetworkNamespace(name);
    });
    host.networkNamespace = openNetworkNamespace(name);
  },
  undo: ({ name }) => ({
    en: text`delete the network namespace ${name}`,
    zh: text`删除 network namespace ${name}`,
  }),
});
