import { existsSync, readFileSync, rmSync } from "node:fs";
import { addRules, firewallTools, removeRules, type Rule, ruleEffect } from "./firewall.js";
import type { Host } from "./host.js";
import { othersHold, readOrEmpty, writeLine } from "./records.js";
import { madeDirectory, mark } from "./run-directory.js";
import { text } from "../model/param.js";
import { defineStep } from "./step.js";

export interface RouteLocalnetFields {
  readonly bridge: string;
  /** The file of the kernel parameter. */
  readonly path: string;
  /** The comment of the rules. */
  readonly tag: string;
  readonly rules: readonly Rule[];
}

const tagOf = (bridge: string) => `cooper:${bridge}:localnet`;

const pathOf = (bridge: string) => `/proc/sys/net/ipv4/conf/${bridge}/route_localnet`;

/**
 * Gives the kernel parameter of a bridge the value it had, takes away the rules that Cooper has added for it, and
 * the note that it has.
 */
export async function removeRouteLocalnet(
  bridge: string,
  command: Host["command"],
): Promise<string[]> {
  const made = `${madeDirectory}/${mark("route-localnet", bridge)}`;
  const before = readFileSync(made, "utf8").trim();
  const path = pathOf(bridge);
  // The bridge may be gone, and the parameter with it.
  if (existsSync(path) && readFileSync(path, "utf8").trim() !== before) writeLine(path, before);
  const removed = await removeRules(tagOf(bridge), command);
  rmSync(made);
  return removed;
}

/** Lets packets from the host's loopback addresses out to the bridge, and keeps others from coming in that way. */
export const routeLocalnet = defineStep<RouteLocalnetFields>({
  kind: "route-localnet",
  where: "host",
  phase: "network",
  title: ({ bridge }) => ({
    en: text`let the host reach ${bridge} from 127.0.0.1`,
    zh: text`允许宿主机从 127.0.0.1 访问 ${bridge}`,
  }),
  explanation: {
    en: {
      what: "The kernel never sends packets of 127.0.0.0/8 to another interface, and drops what arrives with such addresses. For published ports to answer at 127.0.0.1, route_localnet lifts that for the bridge, and masquerading gives those packets an address that the container can answer to. What the kernel has kept out by itself two rules keep out first: whatever comes from the bridge with an address of 127.0.0.0/8 is dropped, or a container could reach services that listen on the host's loopback alone (CVE-2020-8558).",
      without: "The published port answers at the host's other addresses, and not at 127.0.0.1.",
    },
    zh: {
      what: "内核不会把 127.0.0.0/8 的数据包发往其他接口，也会丢弃从其他接口收到的此类数据包。要让发布的端口在 127.0.0.1 上可用，需用 route_localnet 对网桥放开这一限制，再用 MASQUERADE 换成容器能回应的源地址。内核原本挡住的由两条规则先行挡住：凡是从网桥进来、地址属于 127.0.0.0/8 的数据包一律丢弃，否则容器可以访问宿主机上只监听回环地址的服务（CVE-2020-8558）。",
      without: "发布的端口只能通过宿主机的其他地址访问，127.0.0.1 上不通。",
    },
  },
  manual: ["iptables-extensions(8)", "sysctl(8)"],
  tools: () => firewallTools,
  effects: ({ path, rules }) => [
    ...rules.map((rule) => ruleEffect(rule, "shared")),
    { type: "sysctl", target: `${path} = 1`, lifetime: "shared" },
  ],
  concurrent: true,
  perform: async ({ bridge, path, tag, rules }, host) => {
    const { directory, undoAside, command, inTurn } = host;
    const used = mark("route-localnet", bridge);
    const made = `${madeDirectory}/${used}`;
    const before = readFileSync(path, "utf8").trim();
    writeLine(`${directory}/${used}`, "");
    undoAside(async () => {
      if (!othersHold(directory, used) && existsSync(made))
        await removeRouteLocalnet(bridge, command);
    });
    // A value that an earlier container kept is the older one.
    if (!existsSync(made)) writeLine(made, before);
    // The way in is closed before the way out is opened.
    await inTurn(() => addRules(host, { made, tag, rules }));
    if (readOrEmpty(path).trim() !== "1") writeLine(path, "1");
  },
  undoneInBackground: true,
  undo: ({ bridge }) => ({
    en: text`close the way from ${bridge} to 127.0.0.1 again (last container only)`,
    zh: text`恢复 ${bridge} 对 127.0.0.0/8 的限制（仅最后一个容器）`,
  }),
});

/** The fields of a step for a bridge; the rules let nobody but the host itself use 127.0.0.0/8. */
export const routeLocalnetFields = (bridge: string): RouteLocalnetFields => ({
  bridge,
  path: pathOf(bridge),
  tag: tagOf(bridge),
  rules: [
    { table: "raw", match: [`PREROUTING -d 127.0.0.0/8 -i ${bridge}`], target: ["DROP"] },
    { table: "raw", match: [`PREROUTING -s 127.0.0.0/8 -i ${bridge}`], target: ["DROP"] },
    { table: "nat", match: [`POSTROUTING -s 127.0.0.0/8 -o ${bridge}`], target: ["MASQUERADE"] },
  ],
});
