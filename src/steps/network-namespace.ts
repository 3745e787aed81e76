import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { umount2 } from "../kernel/calls/mount.js";
import { performSystemCall } from "../kernel/libc.js";
import {
  createNetworkNamespace,
  deleteNetworkNamespace,
  networkNamespaceDirectory,
  networkNamespacePath,
  openNetworkNamespace,
} from "../kernel/network-namespace.js";
import { HostProblem } from "./host.js";
import { readOrEmpty, writeLine } from "./records.js";
import { madeDirectory, ownMarks } from "./run-directory.js";
import { text } from "../model/param.js";
import type { Value } from "../model/value.js";
import { defineStep } from "./step.js";

/** That /run/netns was no mount point before Cooper used it. */
const madeMark = `${madeDirectory}/netns`;

export interface NetworkNamespaceFields {
  /** The namespace is pinned under /run/netns by this name. */
  readonly name: Value<"name">;
}

/**
 * Takes away the mount of the directory and the directory itself, when Cooper has made the mount and no
 * namespace is left in there.
 *
 * @returns whether it did
 */
export function removeNamespaceDirectory(): boolean {
  if (!existsSync(madeMark) || readdirSync(networkNamespaceDirectory).length > 0) return false;
  performSystemCall(umount2(networkNamespaceDirectory));
  rmdirSync(networkNamespaceDirectory);
  rmSync(madeMark);
  return true;
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
  tools: () => ["ip", "rmdir", "umount"],
  effects: ({ name }) => [
    { type: "namespace", target: text`/run/netns/${name}`, lifetime: "container" },
    { type: "mount", target: networkNamespaceDirectory, lifetime: "shared" },
  ],
  perform: ({ name }, host) => {
    if (existsSync(networkNamespacePath(name))) {
      if (!host.stale) throw new HostProblem("netns-in-use", { name });
      deleteNetworkNamespace(name);
    }
    writeLine(`${host.directory}/${ownMarks.networkNamespace}`, "");
    // The first namespace makes the directory a mount point.
    if (!readOrEmpty("/proc/self/mountinfo").includes(` ${networkNamespaceDirectory} `))
      writeLine(madeMark, "");
    host.undo(() => {
      if (existsSync(networkNamespacePath(name))) deleteNetworkNamespace(name);
      removeNamespaceDirectory();
    });
    createNetworkNamespace(name);
    host.networkNamespace = openNetworkNamespace(name);
  },
  undo: ({ name }) => ({
    en: text`delete the network namespace ${name}`,
    zh: text`删除 network namespace ${name}`,
  }),
});
