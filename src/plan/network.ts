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
  if (isJoined(mode))
    return [
      joinNetwork("network.mode", { other: mode.container, files: ["resolv.conf", "hosts"] }),
    ];
  const names = [...resolverSteps(spec), ...hostsSteps(spec), ...peersSteps(spec)];
  if (mode === "host") return names;
  const isOwn = !hasUserNamespace(spec);
  const namespace = isOwn ? [namespaceStep(spec)] : [];
  const inside = isOwn ? interfaceSteps(spec) : [];
  if (mode === "none" || range === undefined) return [...namespace, ...inside, ...names];
  const gateway = formatAddress(range.gateway);
  return [
    ...portSteps(spec),
    address("network.subnet", addressFields(owner, leaseDirectory(device), subnet, range)),
    // Before the bridge, hence deleted after it: the kernel makes deletions of interfaces wait for one another.
    ...namespace,
    sysctl("network.mode", sysctlFields("net.ipv4.ip_forward", "1")),
    nat("network.subnet", natFields(device, subnet)),
    bridge("network.bridge", { bridge: device, address: `${gateway}/${String(range.prefix)}` }),
    ...publishSteps(spec),
    ...inside,
    ...names,
  ];
}

/**
 * What has to be done to a network namespace that the container brings along: steps of the host, while the
 * container waits.
 */
export function containerNetworkSteps(spec: Spec): Step[] {
  return hasUserNamespace(spec) && spec.network.mode === "bridge"
    ? [namespaceStep(spec), ...interfaceSteps(spec)]
    : [];
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

/** A network namespace that has a name. */
function namespaceStep(spec: Spec): Step {
  return networkNamespace("network.mode", {
    name: spec.name,
    ofContainer: hasUserNamespace(spec),
  });
}

/** What is in there. */
function interfaceSteps({ name: owner, network }: Spec): Step[] {
  const { mode, bridge: device, subnet } = network;
  const range = parseSubnet(subnet);
  if (mode === "none" || range === undefined)
    return [interfaces("network.mode", { name: owner, bridged: undefined })];
  return [
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
