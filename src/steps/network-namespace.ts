import { existsSync, readdirSync, rmdirSync, unlinkSync } from "node:fs";
import { umount2 } from "../kernel/calls/mount.js";
import { performSystemCall } from "../kernel/libc.js";
import {
  attachNetworkNamespace,
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
  /** Whether the container brings the namespace along: it then belongs to the container's user namespace. */
  readonly ofContainer: boolean;
}

const explanations = {
  made: {
    en: {
      what: "Makes an empty network stack, and keeps it under /run/netns. It exists before the container, so it is configured from the host and the container never has to reach back.",
      without: "The container shares the host's interfaces, ports and firewall.",
    },
    zh: {
      what: "创建一个空的网络栈，固定在 /run/netns 下。它先于容器存在，因此可以从宿主机配置，容器无需反过来操作宿主机。",
      without: "容器与宿主机共用网络接口、端口和防火墙。",
    },
  },
  ofContainer: {
    en: {
      what: "Gives the empty network stack that was made with the container a name under /run/netns, so that it can be configured from the host. It belongs to the container's user namespace: root inside may change its interfaces and mount its part of sysfs, which a stack of the host's would not allow.",
      without:
        "Nothing outside has a name for the container's network stack, and nothing plugs a cable into it.",
    },
    zh: {
      what: "给随容器一起创建的空网络栈在 /run/netns 下起一个名字，以便从宿主机配置。它属于容器的 user namespace：内部的 root 可以修改其中的接口，也可以挂载对应的 sysfs；若网络栈属于宿主机则不行。",
      without: "外部无法指称容器的网络栈，也就没有人给它接上网线。",
    },
  },
};

/**
 * Takes away the mount of the directory and the directory itself, when Cooper has made the mount and no
 * namespace is left in there.
 *
 * @returns whether it did
 */
export function removeNamespaceDirectory(): boolean {
  if (!existsSync(madeMark)) return false;
  // Whoever noted it may not have come to the mount, or may have been killed after taking it away.
  if (existsSync(networkNamespaceDirectory)) {
    if (readdirSync(networkNamespaceDirectory).length > 0) return false;
    if (isMountPoint()) performSystemCall(umount2(networkNamespaceDirectory));
    rmdirSync(networkNamespaceDirectory);
  }
  unlinkSync(madeMark);
  return true;
}

const isMountPoint = () =>
  readOrEmpty("/proc/self/mountinfo").includes(` ${networkNamespaceDirectory} `);

/** A network stack of the container's own that can be set up from outside. */
export const networkNamespace = defineStep<NetworkNamespaceFields>({
  kind: "network-namespace",
  where: "host",
  phase: "network",
  title: ({ name, ofContainer }) =>
    ofContainer
      ? {
          en: text`name the container's network namespace ${name}`,
          zh: text`把容器的 network namespace 命名为 ${name}`,
        }
      : {
          en: text`create the network namespace ${name}`,
          zh: text`创建 network namespace ${name}`,
        },
  explanation: ({ ofContainer }) => explanations[ofContainer ? "ofContainer" : "made"],
  manual: ["ip-netns(8)", "network_namespaces(7)"],
  tools: () => ["ip", "rmdir", "umount"],
  effects: ({ name }) => [
    { type: "namespace", target: text`/run/netns/${name}`, lifetime: "container" },
    { type: "mount", target: networkNamespaceDirectory, lifetime: "shared" },
  ],
  perform: ({ name, ofContainer }, host) => {
    if (existsSync(networkNamespacePath(name))) {
      if (!host.stale) throw new HostProblem("netns-in-use", { name });
      deleteNetworkNamespace(name);
    }
    const ownMark = `${host.directory}/${ownMarks.networkNamespace}`;
    writeLine(ownMark, "");
    // The first namespace makes the directory a mount point.
    if (!isMountPoint()) writeLine(madeMark, "");
    host.undo(() => {
      if (existsSync(networkNamespacePath(name))) deleteNetworkNamespace(name);
      removeNamespaceDirectory();
      if (existsSync(ownMark)) unlinkSync(ownMark);
    });
    if (ofContainer) attachNetworkNamespace(name, host.process ?? 0);
    else createNetworkNamespace(name);
    host.networkNamespace = openNetworkNamespace(name);
  },
  undo: ({ name }) => ({
    en: text`delete the network namespace ${name}`,
    zh: text`删除 network namespace ${name}`,
  }),
});
