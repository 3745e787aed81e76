import { existsSync, rmSync } from "node:fs";
import { addAddress } from "../kernel/netlink/addresses.js";
import { changeLink, createBridge, deleteLink, getLink } from "../kernel/netlink/links.js";
import { NetlinkSocket } from "../kernel/netlink/socket.js";
import { writeLine, othersHold } from "./records.js";
import { madeDirectory, mark } from "./run-directory.js";
import { text } from "../model/param.js";
import { defineStep } from "./step.js";

export interface BridgeFields {
  readonly bridge: string;
  /** The bridge's own address with its prefix length. */
  readonly address: string;
}

/** Takes down a bridge that Cooper has made, and the note that it has. */
export async function removeBridge(bridge: string): Promise<void> {
  using socket = new NetlinkSocket();
  if (getLink(socket, bridge) !== undefined) await deleteLink(socket, bridge);
  rmSync(`${madeDirectory}/${mark("bridge", bridge)}`);
}

/** A virtual switch of the host that all containers of a network are plugged into. */
export const bridge = defineStep<BridgeFields>({
  kind: "bridge",
  where: "host",
  phase: "network",
  title: ({ bridge, address }) => ({
    en: text`set up the bridge ${bridge} at ${address}`,
    zh: text`配置网桥 ${bridge}，地址 ${address}`,
  }),
  explanation: {
    en: {
      what: "Makes a bridge (a virtual switch) and gives it the first address of the subnet: the gateway of every container plugged into it. One that is already there is used as it is.",
      without:
        "The host's end of the veth pair hangs in the air: containers reach neither each other nor the host.",
    },
    zh: {
      what: "创建网桥（虚拟交换机），并把网段的第一个地址给它：它就是接入的每个容器的网关。已存在的网桥直接使用。",
      without: "veth pair 的宿主机一端无处可接：容器之间、容器与宿主机之间都不通。",
    },
  },
  manual: ["bridge(8)", "ip-link(8)"],
  tools: () => ["ip"],
  effects: ({ bridge, address }) => [
    { type: "device", target: `${bridge} (bridge, ${address})`, lifetime: "shared" },
  ],
  perform: ({ bridge, address }, { directory, undoAside }) => {
    const used = mark("bridge", bridge);
    const made = `${madeDirectory}/${used}`;
    writeLine(`${directory}/${used}`, "");
    undoAside(async () => {
      if (!othersHold(directory, used) && existsSync(made)) await removeBridge(bridge);
    });
    using socket = new NetlinkSocket();
    if (getLink(socket, bridge) !== undefined) return;
    writeLine(made, "");
    createBridge(socket, { name: bridge });
    addAddress(socket, bridge, address);
    changeLink(socket, bridge, { up: true });
  },
  undoneInBackground: true,
  undo: ({ bridge }) => ({
    en: text`delete the bridge ${bridge} (last container only)`,
    zh: text`删除网桥 ${bridge}（仅最后一个容器）`,
  }),
});
