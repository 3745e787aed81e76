import { text } from "../model/param.js";
import { defineStep } from "./step.js";

export interface NatFields {
  readonly subnet: string;
  readonly bridge: string;
}

/** Source NAT for everything the containers send out of their bridge. */
export const nat = defineStep<NatFields>({
  kind: "nat",
  where: "host",
  phase: "network",
  title: ({ subnet }) => ({ en: text`set up NAT for ${subnet}`, zh: text`为 ${subnet} 配置 NAT` }),
  explanation: {
    en: {
      what: "Rewrites the source address of packets that leave the subnet through any interface but the bridge to the host's own (masquerading). The rule carries a comment that names its owner, and is added only when it is missing.",
      without:
        "Packets leave with an address that nobody outside can answer to: connections hang until they time out.",
    },
    zh: {
      what: "数据包从网桥以外的接口离开网段时，把源地址改写为宿主机的地址（MASQUERADE）。规则带有注明归属的注释，缺少时才添加。",
      without: "数据包带着外部无法回应的地址出去：连接一直挂起，直到超时。",
    },
  },
  manual: ["iptables(8)", "iptables-extensions(8)"],
  tools: () => ["iptables"],
  effects: ({ subnet, bridge }) => [
    {
      type: "rule",
      target: `nat POSTROUTING -s ${subnet} ! -o ${bridge} -j MASQUERADE`,
      lifetime: "shared",
    },
  ],
  undo: ({ subnet }) => ({
    en: text`delete the NAT rule of ${subnet} (last container only)`,
    zh: text`删除 ${subnet} 的 NAT 规则（仅最后一个容器）`,
  }),
});
