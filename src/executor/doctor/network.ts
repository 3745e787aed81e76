import { readdirSync, statSync } from "node:fs";
import { networkNamespacePath } from "../../kernel/network-namespace.js";
import { subnetOf } from "../../model/subnet.js";
import { vethOf } from "../../steps/address.js";
import { findTool } from "../../kernel/find-tool.js";
import { savedRule } from "../../steps/firewall.js";
import { readOrEmpty } from "../../steps/records.js";
import { mark } from "../../steps/run-directory.js";
import { makeKnown } from "../../steps/known.js";
import { natFields } from "../../steps/nat.js";
import { type ClaimedPort, readPorts } from "../../steps/ports.js";
import { observeHost, type ObservedHost } from "../observe/host.js";
import type { ObservedState } from "../observe/state.js";
import { type Finding, ok, problem, warning } from "./finding.js";

const turnOnForwarding = ["sysctl", "-qw", "net.ipv4.ip_forward=1"] as const;

/** How packets pass through the host. */
export async function examineHostNetwork(bridged: boolean): Promise<Finding[]> {
  if (findTool("iptables-save") === undefined)
    return [warning("firewall-missing", {}, ["apt-get", "install", "--yes", "iptables"])];
  let host: ObservedHost;
  try {
    host = await observeHost();
  } catch (error) {
    return [warning("firewall-unreadable", { reason: (error as Error).message })];
  }
  const policy = host.rules.includes("filter :FORWARD DROP") ? "DROP" : "ACCEPT";
  return [ok("firewall", { policy }), forwarding(host.sysctls["net.ipv4.ip_forward"], bridged)];
}

function forwarding(value: string | undefined, bridged: boolean): Finding {
  if (value === "1") return ok("forwarding");
  return bridged ? problem("forwarding-off", {}, turnOnForwarding) : ok("forwarding-later");
}

/** The way of a container's packets: its own end, the cable, the bridge, the firewall, and how it finds names. */
export function examineContainerNetwork(
  { pid, directory }: { readonly pid: number; readonly directory: string },
  state: ObservedState,
): Finding[] {
  if (state.network === "host") return [ok("network-host"), ...nameServers(state, false)];
  const joined = readOrEmpty(`${directory}/joined`).trim();
  if (joined !== "") return [joinedNetwork(pid, joined), ...nameServers(state, true)];
  const bridge = bridgeOf(directory);
  if (bridge === undefined) return [ok("network-none")];
  return [
    ...ownEnd(pid, state.network, state.host.bridge?.addresses[0]),
    ...cable(state.host, bridge, readOrEmpty(`${directory}/address`).trim()),
    ...switchboard(state.host, bridge),
    ...published(state.host.rules, readPorts(directory)),
    ...nameServers(state, true),
  ];
}

/** Another container of the same name has a network of its own. */
function joinedNetwork(pid: number, container: string): Finding {
  const namespace = (file: string) => statSync(file, { throwIfNoEntry: false })?.ino;
  return namespace(networkNamespacePath(container)) === namespace(`/proc/${String(pid)}/ns/net`)
    ? ok("network-joined", { container })
    : problem("network-joined-ended", { container });
}

/** The bridge that a container was made for: its record has a mark for it. */
function bridgeOf(directory: string): string | undefined {
  const prefix = mark("bridge", "");
  return readdirSync(directory)
    .find((file) => file.startsWith(prefix))
    ?.slice(prefix.length);
}

type Network = Exclude<ObservedState["network"], "host">;

function ownEnd(pid: number, { links, routes }: Network, bridgeAddress = ""): Finding[] {
  const end = links.find(({ name }) => name === "eth0");
  if (end === undefined) return [problem("link-missing")];
  const inside = ["nsenter", "--target", String(pid), "--net", "ip"] as const;
  const [address] = end.addresses;
  const gateway = bridgeAddress.split("/")[0] ?? "";
  const route = routes.find(({ destination }) => destination === "default");
  return [
    !end.up
      ? problem("link-down", {}, [...inside, "link", "set", "eth0", "up"])
      : address === undefined
        ? problem("address-missing")
        : ok("address", { address }),
    route?.gateway === undefined
      ? problem(
          "route-missing",
          {},
          gateway === "" ? undefined : [...inside, "route", "add", "default", "via", gateway],
        )
      : ok("route", { gateway: route.gateway }),
  ];
}

function cable({ veth }: ObservedState["host"], bridge: string, address: string): Finding[] {
  if (veth === undefined) return [];
  const link = vethOf(address);
  const set = ["ip", "link", "set", link] as const;
  const values = { link, bridge };
  return [
    ...(veth.master === undefined
      ? [problem("cable-unplugged", values, [...set, "master", bridge])]
      : []),
    ...(veth.up ? [] : [problem("cable-down", values, [...set, "up"])]),
  ];
}

/** The bridge is known by what is plugged into it, so without a cable there is nothing to say. */
function switchboard(
  { veth, bridge, rules, ipForward }: ObservedState["host"],
  name: string,
): Finding[] {
  if (veth !== undefined && veth.master === undefined) return [];
  if (bridge === undefined) return [problem("bridge-missing", { bridge: name })];
  const [address] = bridge.addresses;
  return [
    ...(ipForward ? [] : [problem("forwarding-off", {}, turnOnForwarding)]),
    !bridge.up
      ? problem("bridge-down", { bridge: name }, ["ip", "link", "set", name, "up"])
      : address === undefined
        ? problem("bridge-address", { bridge: name })
        : ok("bridge", { bridge: name, address }),
    ...(address === undefined ? [] : firewall(name, address, rules)),
  ];
}

/** Rules that should be there for a bridge and are not; a rule goes back with the comment that names its owner. */
function firewall(bridge: string, address: string, rules: readonly string[]): Finding[] {
  const { tag, rules: wanted } = makeKnown(natFields(bridge, subnetOf(address)))(new Map());
  const missing = wanted
    .map((rule) => savedRule(rule, tag))
    .filter((rule) => !rules.includes(rule));
  return missing.length === 0
    ? [ok("rules", { bridge })]
    : missing.map((saved) => {
        const [table = "", , ...words] = saved.replaceAll('"', "").split(" ");
        const rule = words.join(" ");
        return problem("rule-missing", { table, rule }, ["iptables", "-t", table, "-A", ...words]);
      });
}

function published(rules: readonly string[], ports: readonly ClaimedPort[]): Finding[] {
  if (ports.length === 0) return [];
  const shown = ports.map(
    ({ hostPort, containerPort }) => `${String(hostPort)} → ${String(containerPort)}`,
  );
  const missing = ports.filter(
    ({ hostPort }) =>
      !rules.some(
        (rule) => rule.includes("-j DNAT") && rule.includes(`--dport ${String(hostPort)} `),
      ),
  );
  return missing.length === 0
    ? [ok("ports", { ports: shown.join(", ") })]
    : [
        problem("ports-missing", {
          ports: missing.map((each) => String(each.hostPort)).join(", "),
        }),
      ];
}

/** Source: resolv.conf(5). */
function nameServers({ resolvConf = "" }: ObservedState, ownNetwork: boolean): Finding[] {
  const servers = [...resolvConf.matchAll(/^\s*nameserver\s+(\S+)/gm)].map(
    ([, server = ""]) => server,
  );
  const local = servers.find((server) => /^(127\.|::1$)/.test(server));
  if (servers.length === 0) return [warning("name-servers-none")];
  if (ownNetwork && local !== undefined) return [problem("name-servers-local", { server: local })];
  return [ok("name-servers", { servers: servers.join(", ") })];
}
