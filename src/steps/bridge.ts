import { text } from "../model/param.js";
import { defineStep } from "./step.js";

export interface BridgeFields {
  readonly bridge: string;
  /** The bridge's own address with its prefix length. */
  readonly address: string;
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
  undo: ({ bridge }) => ({
    en: text`delete the bridge ${bridge} (last container only)`,
    zh: text`删除网桥 ${bridge}（仅最后一个容器）`,
  }),
});
