import { existsSync } from "node:fs";
import { createVethPair, deleteLink, getLink, getLinkIndex } from "../kernel/netlink/links.js";
import { NetlinkError } from "../kernel/netlink/netlink-error.js";
import { NetlinkSocket } from "../kernel/netlink/socket.js";
import type { Translated } from "../model/language.js";
import { text } from "../model/param.js";
import type { Value } from "../model/value.js";
import { writeLine } from "./records.js";
import { joinedMark } from "./run-directory.js";
import { defineStep } from "./step.js";

export interface VethFields {
  readonly name: Value<"name">;
  readonly bridge: string;
  /** The interface's name inside the container. */
  readonly interface: string;
  /** Whether the container reaches itself by way of the bridge: through a port of the host that leads to it. */
  readonly hairpin: boolean;
}

const hairpinText: Translated = {
  en: " Hairpin mode lets the bridge send a packet back where it came from: the container asks for its own published port, and the destination is rewritten to itself.",
  zh: "hairpin 模式允许网桥把数据包从来的端口送回去：容器访问自己发布的端口时，目的地会被改写成它自己。",
};

/** Takes a cable away; the kernel may be about to do so. */
export async function removeVeth(veth: string): Promise<void> {
  using socket = new NetlinkSocket();
  if (getLink(socket, veth) === undefined) return;
  try {
    await deleteLink(socket, veth);
  } catch (error) {
    if (!(error instanceof NetlinkError) || error.errnoName !== "ENODEV") throw error;
  }
}

/** A virtual cable between the bridge and the container. */
export const veth = defineStep<VethFields>({
  kind: "veth",
  where: "host",
  phase: "network",
  title: ({ bridge }) => ({
    en: text`connect the container to ${bridge} with a veth pair`,
    zh: text`用 veth pair 把容器接到 ${bridge}`,
  }),
  explanation: ({ hairpin }) => ({
    en: {
      what:
        "Makes a pair of connected interfaces. One end is born inside the container's network namespace as eth0, the other is plugged into the bridge and named after the leased address, so names never collide. The kernel deletes both when the network namespace goes; a container that has joined it keeps that, and the cable is unplugged before the address becomes another's." +
        (hairpin ? hairpinText.en : ""),
      without: "The container's network stack has nothing but loopback.",
    },
    zh: {
      what:
        "创建一对相连的网络接口。一端直接生在容器的 network namespace 中，名为 eth0；另一端接到网桥上，以分配到的地址命名，因此不会重名。network namespace 删除时，内核会一并删除这对接口；若有其他容器加入而使它继续存在，则先拔掉网线，再把地址让给别人。" +
        (hairpin ? hairpinText.zh : ""),
      without: "容器的网络栈里只有回环接口。",
    },
  }),
  manual: ["veth(4)", "ip-link(8)"],
  tools: () => ["ip"],
  effects: () => [{ type: "device", target: "veth* (veth)", lifetime: "container" }],
  perform: async ({ bridge, interface: name, hairpin }, host) => {
    const { directory, veth, networkNamespace } = host;
    // The address is ours, so an interface named after it is left over from a container that has ended.
    await removeVeth(veth);
    host.undo(async () => {
      if (existsSync(`${directory}/${joinedMark}`)) await removeVeth(veth);
    });
    using socket = new NetlinkSocket();
    createVethPair(socket, {
      name: veth,
      up: true,
      master: getLinkIndex(socket, bridge),
      peer: { name, namespaceFd: networkNamespace },
    });
    if (hairpin) writeLine(`/sys/class/net/${veth}/brport/hairpin_mode`, "1");
  },
  undo: () => ({
    en: "unplug the cable, where another container is still in the network namespace",
    zh: "若其他容器仍在使用该 network namespace，拔掉网线",
  }),
});
