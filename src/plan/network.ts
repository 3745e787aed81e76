import type { Spec } from "../model/spec/parse.js";
import { formatAddress, parseSubnet } from "../model/subnet.js";
import { text } from "../model/param.js";
import type { Text, Value } from "../model/value.js";
import { address, addressFields } from "../steps/address.js";
import { bridge } from "../steps/bridge.js";
import { interfaces } from "../steps/interfaces.js";
import { nat } from "../steps/nat.js";
import { networkNamespace } from "../steps/network-namespace.js";
import { resolvConf } from "../steps/resolv-conf.js";
import { containerDirectory, leaseDirectory } from "../steps/run-directory.js";
import type { Step } from "../steps/step.js";
import { sysctl, sysctlFields } from "../steps/sysctl.js";
import { veth } from "../steps/veth.js";

/** The container's network stack and how it reaches others: steps of the host. */
export function networkSteps({ name: owner, network }: Spec): Step[] {
  const { mode, bridge: device, subnet, dns } = network;
  const range = parseSubnet(subnet);
  const resolver =
    dns.length === 0
      ? []
      : [
          resolvConf("network.dns", {
            file: resolvConfFile(owner),
            servers: dns,
            content: dns.map((server) => `nameserver ${server}`).join("\n"),
          }),
        ];
  if (mode === "host") return resolver;
  const namespace = networkNamespace("network.mode", { name: owner });
  if (mode === "none" || range === undefined)
    return [namespace, interfaces("network.mode", { name: owner, bridged: undefined })];
  const gateway = formatAddress(range.gateway);
  return [
    address("network.subnet", addressFields(owner, leaseDirectory(device), subnet, range)),
    sysctl("network.mode", sysctlFields("net.ipv4.ip_forward", "1")),
    bridge("network.bridge", { bridge: device, address: `${gateway}/${String(range.prefix)}` }),
    nat("network.subnet", { subnet, bridge: device }),
    namespace,
    veth("network.bridge", { name: owner, bridge: device, interface: containerInterface }),
    interfaces("network.subnet", {
      name: owner,
      bridged: { interface: containerInterface, prefix: range.prefix, gateway },
    }),
    ...resolver,
  ];
}

/** What the container's end of the veth pair is called. */
const containerInterface = "eth0";

/** The container's own /etc/resolv.conf, where it lies on the host. */
export const resolvConfFile = (owner: Value<"name">): Text =>
  text`${containerDirectory(owner)}/resolv.conf`;
