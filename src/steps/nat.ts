import { existsSync, rmSync } from "node:fs";
import { addRules, firewallTools, removeRules, type Rule, ruleEffect } from "./firewall.js";
import type { Host } from "./host.js";
import { sweepPublished } from "./publish.js";
import { othersHold, writeLine } from "./records.js";
import { madeDirectory, mark } from "./run-directory.js";
import { text } from "../model/param.js";
import { defineStep } from "./step.js";

export interface NatFields {
  readonly subnet: string;
  readonly bridge: string;
  /** The comment of the rules. */
  readonly tag: string;
  readonly rules: readonly Rule[];
}

/** The comment that names the owner of a bridge's rules. */
const tagOf = (bridge: string) => `cooper:${bridge}`;

/** Takes away the rules that Cooper has added for a bridge, and the note that it has. */
export async function removeNat(bridge: string, command: Host["command"]): Promise<string[]> {
  const removed = await removeRules(tagOf(bridge), command);
  rmSync(`${madeDirectory}/${mark("nat", bridge)}`, { force: true });
  return removed;
}

/** Source NAT for everything the containers send out of their bridge. */
export const nat = defineStep<NatFields>({
  kind: "nat",
  where: "host",
  phase: "network",
  title: ({ subnet }) => ({ en: text`set up NAT for ${subnet}`, zh: text`为 ${subnet} 配置 NAT` }),
  explanation: {
    en: {
      what: "Rewrites the source address of packets that leave the subnet through any interface but the bridge to the host's own (masquerading). Two more rules let packets from the bridge, and the answers to them, pass where the host forwards nothing by itself: Docker and many firewalls set the policy of FORWARD to DROP. The rules carry a comment that names their owner, stand behind the host's own, and are added only when they are missing.",
      without:
        "Packets leave with an address that nobody outside can answer to, or are dropped on the way: connections hang until they time out.",
    },
    zh: {
      what: "数据包从网桥以外的接口离开网段时，把源地址改写为宿主机的地址（MASQUERADE）。另外两条规则放行来自网桥的数据包及其应答：Docker 和许多防火墙会把 FORWARD 的默认策略设为 DROP。规则带有注明归属的注释，排在宿主机自己的规则之后，缺少时才添加。",
      without: "数据包带着外部无法回应的地址出去，或在转发时被丢弃：连接一直挂起，直到超时。",
    },
  },
  manual: ["iptables(8)", "iptables-extensions(8)"],
  tools: () => [...firewallTools, "rm"],
  effects: ({ rules }) => rules.map((rule) => ruleEffect(rule, "shared")),
  concurrent: true,
  perform: async ({ bridge, tag, rules }, host) => {
    const { directory, undoAside, command, inTurn } = host;
    const used = mark("nat", bridge);
    const made = `${madeDirectory}/${used}`;
    writeLine(`${directory}/${used}`, "");
    undoAside(async () => {
      if (!othersHold(directory, used) && existsSync(made)) await removeNat(bridge, command);
    });
    await inTurn(async () => {
      await sweepPublished(host);
      await addRules(host, { made, tag, rules });
    });
  },
  undoneInBackground: true,
  undo: ({ subnet }) => ({
    en: text`delete the firewall rules of ${subnet} (last container only)`,
    zh: text`删除 ${subnet} 的防火墙规则（仅最后一个容器）`,
  }),
});

/** The fields of a step for the containers of a bridge and its subnet. */
export const natFields = (bridge: string, subnet: string): NatFields => ({
  subnet,
  bridge,
  tag: tagOf(bridge),
  rules: [
    {
      table: "nat",
      match: [`POSTROUTING -s ${subnet} ! -o ${bridge}`],
      target: ["MASQUERADE"],
    },
    { table: "filter", match: [`FORWARD -i ${bridge}`], target: ["ACCEPT"] },
    {
      table: "filter",
      match: [`FORWARD -o ${bridge} -m conntrack --ctstate RELATED,ESTABLISHED`],
      target: ["ACCEPT"],
    },
  ],
});
