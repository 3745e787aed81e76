import type { SimulatedHost } from "./simulated-host.js";

/** The two back ends that iptables(8) can have. */
export const firewalls = ["nft", "legacy"] as const;

export type Firewall = (typeof firewalls)[number];

/** Gives a host one of them, whichever this machine uses. */
export async function useFirewall(host: SimulatedHost, firewall: Firewall): Promise<void> {
  const program = (await host.must("readlink", "-f", "/usr/sbin/iptables")).trim();
  const wanted = `/usr/sbin/xtables-${firewall}-multi`;
  // All the tools are names of one program.
  if (program !== wanted) await host.must("mount", "--bind", wanted, program);
}
