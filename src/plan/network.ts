import type { Spec } from "../model/spec/parse.js";
import { formatAddress, parseSubnet } from "../model/subnet.js";
import { isJoined } from "../model/spec/network-mode.js";
import type { Value } from "../model/value.js";
import { address, addressFields } from "../steps/address.js";
import { bridge } from "../steps/bridge.js";
import { hosts } from "../steps/hosts.js";
import { interfaces } from "../steps/interfaces.js";
import { joinNetwork } from "../steps/join-network.js";
import { loopback } from "../steps/loopback.js";
import { nat, natFields } from "../steps/nat.js";
import { networkNamespace } from "../steps/network-namespace.js";
import { peers } from "../steps/peers.js";
import { resolvConf } from "../steps/resolv-conf.js";
import { leaseDirectory } from "../steps/run-directory.js";
import type { Step } from "../steps/step.js";
import { sysctl, sysctlFields } from "../steps/sysctl.js";
import { veth } from "../steps/veth.js";
import { portSteps, publishSteps } from "./publish.js";
import { hostsFile, resolvConfFile } from "./container-directory.js";
import { hasUserNamespace } from "./user-namespace.js";

/** The container's network stack and how it reaches others: steps of the host. */
export function networkSteps(spec: Spec): Step[] {
  const { name: owner, network } = spec;
  const { mode, bridge: device, subnet } = network;
  const range = parseSubnet(subnet);
  const names = [...resolverSteps(spec), ...hostsSteps(spec), ...peersSteps(spec)];
  const own = hasUserNamespace(spec) ? [] : namespaceSteps(spec);
  if (isJoined(mode))
    return [
      joinNetwork("network.mode", { other: mode.container, files: ["resolv.conf", "hosts"] }),
    ];
  if (mode !== "bridge" || range === undefined) return [...own, ...names];
  const gateway = formatAddress(range.gateway);
  return [
    ...portSteps(spec),
    address("network.subnet", addressFields(owner, leaseDirectory(device), subnet, range)),
    sysctl("network.mode", sysctlFields("net.ipv4.ip_forward", "1")),
    bridge("network.bridge", { bridge: device, address: `${gateway}/${String(range.prefix)}` }),
    nat("network.subnet", natFields(device, subnet)),
    ...publishSteps(spec),
    ...own,
    ...names,
  ];
}

/**
 * What has to be done to a network namespace that the container brings along: steps of the host, while the
 * container waits.
 */
export function containerNetworkSteps(spec: Spec): Step[] {
  return hasUserNamespace(spec) && spec.network.mode === "bridge" ? namespaceSteps(spec) : [];
}

/** Loopback is all there is in a network namespace of its own that nobody plugs a cable into. */
export function loopbackSteps(spec: Spec): Step[] {
  return hasUserNamespace(spec) && spec.network.mode === "none"
    ? [loopback("network.mode", {})]
    : [];
}

/** The network namespace that the container enters when it starts, by its name under /run/netns. */
export function enteredNetwork(spec: Spec): Value<"name"> | undefined {
  const { mode } = spec.network;
  if (isJoined(mode)) return mode.container;
  return mode === "host" || hasUserNamespace(spec) ? undefined : spec.name;
}

/** A network namespace that has a name, and what is in there. */
function namespaceSteps(spec: Spec): Step[] {
  const { name: owner, network } = spec;
  const { mode, bridge: device, subnet } = network;
  const range = parseSubnet(subnet);
  if (mode === "host" || isJoined(mode)) return [];
  const namespace = networkNamespace("network.mode", {
    name: owner,
    ofContainer: hasUserNamespace(spec),
  });
  if (mode === "none" || range === undefined)
    return [namespace, interfaces("network.mode", { name: owner, bridged: undefined })];
  return [
    namespace,
    veth("network.bridge", {
      name: owner,
      bridge: device,
      interface: containerInterface,
      hairpin: network.publish.length > 0,
    }),
    interfaces("network.subnet", {
      name: owner,
      bridged: {
        interface: containerInterface,
        prefix: range.prefix,
        gateway: formatAddress(range.gateway),
      },
    }),
  ];
}

function resolverSteps(spec: Spec): Step[] {
  const { dns } = spec.network;
  if (dns.length === 0) return [];
  const content = dns.map((server) => `nameserver ${server}`).join("\n");
  return [resolvConf("network.dns", { file: resolvConfFile(spec), servers: dns, content })];
}

function hostsSteps(spec: Spec): Step[] {
  const { extraHosts } = spec;
  if (!hasOwnHosts(spec)) return [];
  const extra = Object.entries(extraHosts).map(([name, address]) => ({ name, address }));
  const hostname = ownName(spec);
  return [
    hosts(extra.length === 0 ? "hostname" : "extraHosts", {
      file: hostsFile(spec),
      localhost: ["127.0.0.1 localhost", "::1 localhost ip6-localhost ip6-loopback"],
      hostname,
      extra,
    }),
  ];
}

function peersSteps({ name, network }: Spec): Step[] {
  return network.peers.length === 0 ? [] : [peers("network.peers", { name, peers: network.peers })];
}

/** The host name that has an address: only a bridge gives one. */
const ownName = ({ hostname, network }: Spec) => (network.mode === "bridge" ? hostname : undefined);

/**
 * Whether the container gets its own /etc/hosts: when there is anything to say that the root file system's file
 * cannot know.
 */
export function hasOwnHosts(spec: Spec): boolean {
  return (
    ownName(spec) !== undefined ||
    spec.network.peers.length > 0 ||
    Object.keys(spec.extraHosts).length > 0
  );
}

/** What the container's end of the veth pair is called. */
const containerInterface = "eth0";
