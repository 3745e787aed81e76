import { existsSync, rmSync } from "node:fs";
import type { Host } from "./host.js";
import { othersHold, writeLine } from "./records.js";
import { madeDirectory, mark } from "./run-directory.js";
import { text } from "../model/param.js";
import { defineStep } from "./step.js";

export interface NatFields {
  readonly subnet: string;
  readonly bridge: string;
}

/** The command that does something with the rule of a bridge. */
function natRule(action: string, subnet: string, bridge: string): [string, ...string[]] {
  const owner = ["-m", "comment", "--comment", `cooper:${bridge}`];
  const rule = ["POSTROUTING", "-s", subnet, "!", "-o", bridge, ...owner, "-j", "MASQUERADE"];
  return ["iptables", "--wait", "--table", "nat", action, ...rule];
}

const isPresent = (subnet: string, bridge: string, command: Host["command"]) =>
  command(natRule("--check", subnet, bridge)).then(
    () => true,
    () => false,
  );

/** Takes away a rule that Cooper has added, and the note that it has. */
export async function removeNat(
  subnet: string,
  bridge: string,
  command: Host["command"],
): Promise<void> {
  // It may be gone already, or may never have been added.
  if (await isPresent(subnet, bridge, command)) await command(natRule("--delete", subnet, bridge));
  rmSync(`${madeDirectory}/${mark("nat", bridge)}`, { force: true });
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
  concurrent: true,
  // iptables(8) is a command here too: which of its two back ends a host uses, and how its rules sit beside
  // those of a firewall manager, is decided by the iptables that the host has, not by us.
  perform: async ({ subnet, bridge }, { directory, undo, command }) => {
    const used = mark("nat", bridge);
    const made = `${madeDirectory}/${used}`;
    writeLine(`${directory}/${used}`, "");
    undo(async () => {
      if (!othersHold(directory, used) && existsSync(made))
        await removeNat(subnet, bridge, command);
    });
    if (await isPresent(subnet, bridge, command)) return;
    writeLine(made, "");
    await command(natRule("--append", subnet, bridge));
  },
  undo: ({ subnet }) => ({
    en: text`delete the NAT rule of ${subnet} (last container only)`,
    zh: text`删除 ${subnet} 的 NAT 规则（仅最后一个容器）`,
  }),
});
