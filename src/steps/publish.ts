import { existsSync, readdirSync, rmSync } from "node:fs";
import {
  addRules,
  firewallTools,
  leasedAddress,
  removeRules,
  type Rule,
  ruleEffect,
} from "./firewall.js";
import type { Host } from "./host.js";
import { listPorts } from "./ports.js";
import { othersHold, writeLine } from "./records.js";
import { madeDirectory, mark } from "./run-directory.js";
import { text } from "../model/param.js";
import type { PublishedPort } from "../model/spec/publish.js";
import { anyAddress } from "../model/subnet.js";
import type { Text, Value } from "../model/value.js";
import { defineStep } from "./step.js";

export interface PublishFields {
  readonly name: Value<"name">;
  readonly ports: readonly PublishedPort[];
  /** The comment of the rules. */
  readonly tag: Text;
  readonly rules: readonly Rule[];
}

const tagOf = (name: Value<"name">) => text`cooper:${name}:ports`;

/** Takes away the rules for the ports that a container has published, and the note that it has. */
export async function removePublished(name: string, command: Host["command"]): Promise<string[]> {
  const removed = await removeRules(`cooper:${name}:ports`, command);
  rmSync(`${madeDirectory}/${mark("publish", name)}`, { force: true });
  return removed;
}

/** Takes away what dead containers have published: others get their ports and addresses. */
export async function sweepPublished({
  directory,
  command,
}: Pick<Host, "directory" | "command">): Promise<void> {
  const prefix = mark("publish", "");
  for (const file of readdirSync(madeDirectory))
    if (file.startsWith(prefix) && !othersHold(directory, file))
      await removePublished(file.slice(prefix.length), command);
}

/** Makes ports of the container reachable as ports of the host. */
export const publish = defineStep<PublishFields>({
  kind: "publish",
  where: "host",
  phase: "network",
  title: ({ ports }) => ({
    en: text`publish the ports ${listPorts(ports, ", ")}`,
    zh: text`发布端口 ${listPorts(ports, "、")}`,
  }),
  explanation: {
    en: {
      what: "Rewrites the destination of packets to a port of the host to the container's address and port (DNAT): in PREROUTING of what arrives from other hosts and containers, in OUTPUT of what the host itself sends. Only packets to an address of the host's own are meant, never those that pass through to the same port of another host. FORWARD lets pass what was rewritten, and when it comes from a neighbour on the same bridge its source is rewritten too, so that the answer takes the same way back. The rules go with the container.",
      without:
        "The container is reachable at its own address only, from this host and its bridge; nobody else knows the way there.",
    },
    zh: {
      what: "把发往宿主机端口的数据包改写为容器的地址和端口（DNAT）：PREROUTING 处理来自其他主机和容器的数据包，OUTPUT 处理宿主机自己发出的数据包。只改写目的地是宿主机自身地址的数据包，不影响途经本机、发往其他主机同一端口的数据包。FORWARD 放行改写过的数据包；来自同一网桥上的容器时，源地址也一并改写，应答才会原路返回。规则随容器一同删除。",
      without: "只能在本机和网桥上用容器自己的地址访问，其他主机不知道去往那里的路。",
    },
  },
  manual: ["iptables(8)", "iptables-extensions(8)"],
  tools: () => firewallTools,
  effects: ({ rules }) => rules.map((rule) => ruleEffect(rule, "container")),
  concurrent: true,
  perform: ({ name, tag, rules }, host) => {
    const { directory, undoAside, command, inTurn } = host;
    const used = mark("publish", name);
    const made = `${madeDirectory}/${used}`;
    undoAside(async () => {
      if (existsSync(made)) await removePublished(name, command);
    });
    return inTurn(async () => {
      writeLine(`${directory}/${used}`, "");
      await addRules(host, { made, tag, rules });
    });
  },
  undoneInBackground: true,
  undo: () => ({
    en: "delete the firewall rules of the published ports",
    zh: "删除发布端口的防火墙规则",
  }),
});

/** The fields of a step for the ports of a container on a bridge. */
export const publishFields = (
  name: Value<"name">,
  { bridge, subnet }: { readonly bridge: string; readonly subnet: string },
  ports: readonly PublishedPort[],
): PublishFields => ({
  name,
  ports,
  tag: tagOf(name),
  rules: [
    ...ports.flatMap((port) => portRules(port)),
    {
      table: "nat",
      match: [
        `POSTROUTING -s ${subnet} -d `,
        leasedAddress,
        ` -o ${bridge} -m conntrack --ctstate DNAT`,
      ],
      target: ["MASQUERADE"],
    },
    {
      table: "filter",
      match: ["FORWARD -d ", leasedAddress, ` -o ${bridge} -m conntrack --ctstate DNAT`],
      target: ["ACCEPT"],
    },
  ],
});

/** What rewrites the destination: nobody but the host itself has business with its loopback addresses. */
function portRules({ hostAddress, hostPort, containerPort, protocol }: PublishedPort): Rule[] {
  const everywhere = hostAddress === anyAddress;
  const rule = (chain: string, destination: string): Rule => ({
    table: "nat",
    match: [
      [chain, ...(destination === "" ? [] : [destination]), `-p ${protocol} --dport `].join(" "),
      hostPort,
      " -m addrtype --dst-type LOCAL",
    ],
    target: ["DNAT --to-destination ", leasedAddress, ":", containerPort],
  });
  const outside = everywhere ? "! -d 127.0.0.0/8" : `-d ${hostAddress}`;
  return [
    ...(hostAddress.startsWith("127.") ? [] : [rule("PREROUTING", outside)]),
    rule("OUTPUT", everywhere ? "" : `-d ${hostAddress}`),
  ];
}
