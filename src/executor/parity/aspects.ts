import type { PathOutcome } from "./outcome.js";

/** One thing that must be the same whichever way a plan is carried out. */
export interface Aspect {
  readonly name: string;
  readonly of: (outcome: PathOutcome) => unknown;
  /** The kinds of step that bring it about: where to look when it differs. */
  readonly kinds: readonly string[];
}

const filesystems = ["root-mount", "root-build", "mount", "pivot-root", "chroot"];

const bridgeParts = ["address", "bridge", "veth", "interfaces", "network-namespace"];

/** All of them, in the order in which a reader wants to know. */
export const aspects: readonly Aspect[] = [
  { name: "exit status", of: ({ status }) => status, kinds: ["start", "exec"] },
  { name: "stdout", of: ({ stdout }) => stdout, kinds: ["start", "exec"] },
  { name: "stderr", of: ({ stderr }) => stderr, kinds: ["banner", "exec"] },
  { name: "namespaces", of: ({ state }) => state?.namespaces, kinds: ["start"] },
  { name: "hostname", of: ({ state }) => state?.hostname, kinds: ["hostname"] },
  { name: "process", of: ({ state }) => state?.process, kinds: ["exec", "start"] },
  { name: "open files", of: ({ state }) => state?.files, kinds: ["start", "exec"] },
  { name: "mounts", of: ({ state }) => state?.mounts, kinds: filesystems },
  { name: "cgroup", of: ({ state }) => state?.cgroup, kinds: ["cgroup", "cgroup-join"] },
  { name: "network", of: ({ state }) => state?.network, kinds: bridgeParts },
  { name: "resolv.conf", of: ({ state }) => state?.resolvConf, kinds: ["resolv-conf", "mount"] },
  { name: "host: veth", of: ({ state }) => state?.host.veth, kinds: ["veth"] },
  { name: "host: bridge", of: ({ state }) => state?.host.bridge, kinds: ["bridge"] },
  { name: "host: rules", of: ({ state }) => state?.host.rules, kinds: ["nat"] },
  { name: "host: forwarding", of: ({ state }) => state?.host.ipForward, kinds: ["sysctl"] },
  {
    name: "host: netns",
    of: ({ state }) => state?.host.networkNamespaces,
    kinds: ["network-namespace"],
  },
  {
    name: "host: records",
    of: ({ state }) => state?.host.runDirectory,
    kinds: ["name", "address", "resolv-conf", "sysctl", "bridge", "nat", "start"],
  },
  { name: "left: network", of: ({ left }) => left.network, kinds: ["bridge", "veth"] },
  { name: "left: rules", of: ({ left }) => left.rules, kinds: ["nat"] },
  { name: "left: netns", of: ({ left }) => left.networkNamespaces, kinds: ["network-namespace"] },
  { name: "left: cgroups", of: ({ left }) => left.cgroups, kinds: ["cgroup"] },
  { name: "left: sysctls", of: ({ left }) => left.sysctls, kinds: ["sysctl"] },
  {
    name: "left: mounts",
    of: ({ left }) => left.mounts,
    kinds: ["network-namespace", "start", ...filesystems],
  },
  { name: "left: records", of: ({ left }) => left.runDirectory, kinds: ["name", "address"] },
  { name: "left: files", of: ({ files }) => files, kinds: ["mount", "root-build"] },
];
