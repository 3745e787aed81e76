import type { ObservedState } from "../observe/state.js";
import type { PathOutcome } from "./outcome.js";

/** One thing that must be the same whichever way a plan is carried out. */
export interface Aspect<Observed> {
  /** Its name in English. */
  readonly name: string;
  readonly zh: string;
  readonly of: (observed: Observed) => unknown;
  /** The kinds of step that bring it about: where to look when it differs. */
  readonly kinds: readonly string[];
}

const filesystems = [
  "mount-points",
  "root-mount",
  "root-build",
  "overlay",
  "devices",
  "mount",
  "pivot-root",
  "chroot",
];

const bridgeParts = ["address", "bridge", "veth", "interfaces", "network-namespace"];

const firewall = ["nat", "publish", "route-localnet"];

/** How it ended. */
export const endAspects: readonly Aspect<PathOutcome>[] = [
  { name: "exit status", zh: "退出状态", of: ({ status }) => status, kinds: ["start", "exec"] },
  { name: "stdout", zh: "标准输出", of: ({ stdout }) => stdout, kinds: ["start", "exec"] },
  { name: "stderr", zh: "标准错误输出", of: ({ stderr }) => stderr, kinds: ["banner", "exec"] },
];

/** Each container while it runs, in the order in which a reader wants to know. */
export const containerAspects: readonly Aspect<ObservedState>[] = [
  { name: "namespaces", zh: "namespace", of: (state) => state.namespaces, kinds: ["start"] },
  {
    name: "user namespace",
    zh: "user namespace",
    of: (state) => state.userNamespace,
    kinds: ["id-mappings"],
  },
  { name: "hostname", zh: "主机名", of: (state) => state.hostname, kinds: ["hostname"] },
  {
    name: "process",
    zh: "进程",
    of: (state) => state.process,
    kinds: ["exec", "start", "mapped-root"],
  },
  {
    name: "open files",
    zh: "打开的文件",
    of: (state) => state.files,
    kinds: ["start", "exec"],
  },
  { name: "mounts", zh: "挂载", of: (state) => state.mounts, kinds: filesystems },
  {
    name: "masked paths",
    zh: "屏蔽的路径",
    of: (state) => state.maskedPaths,
    kinds: ["masked-paths"],
  },
  {
    name: "read-only paths",
    zh: "只读路径",
    of: (state) => state.readonlyPaths,
    kinds: ["readonly-paths"],
  },
  { name: "devices", zh: "设备", of: (state) => state.devices, kinds: ["devices"] },
  {
    name: "cgroup",
    zh: "cgroup",
    of: (state) => state.cgroup,
    kinds: ["cgroup", "cgroup-join", "cgroup-mount"],
  },
  {
    name: "network",
    zh: "网络",
    of: (state) => state.network,
    kinds: [...bridgeParts, "loopback", "join-network"],
  },
  {
    name: "resolv.conf",
    zh: "resolv.conf",
    of: (state) => state.resolvConf,
    kinds: ["resolv-conf", "join-network", "mount"],
  },
  {
    name: "hosts",
    zh: "hosts",
    of: (state) => state.hosts,
    kinds: ["hosts", "join-network", "mount"],
  },
  { name: "host: veth", zh: "宿主机：veth", of: (state) => state.host.veth, kinds: ["veth"] },
  {
    name: "host: bridge",
    zh: "宿主机：网桥",
    of: (state) => state.host.bridge,
    kinds: ["bridge", "route-localnet"],
  },
  {
    name: "host: rules",
    zh: "宿主机：防火墙规则",
    of: (state) => state.host.rules,
    kinds: firewall,
  },
  {
    name: "host: forwarding",
    zh: "宿主机：转发",
    of: (state) => state.host.ipForward,
    kinds: ["sysctl"],
  },
  {
    name: "host: netns",
    zh: "宿主机：netns",
    of: (state) => state.host.networkNamespaces,
    kinds: ["network-namespace"],
  },
  {
    name: "host: records",
    zh: "宿主机：运行记录",
    of: (state) => state.host.runDirectory,
    kinds: [
      "name",
      "address",
      "resolv-conf",
      "hosts",
      "sysctl",
      "bridge",
      ...firewall,
      "ports",
      "join-network",
      "start",
    ],
  },
];

/** What is on the host afterwards. */
export const leftAspects: readonly Aspect<PathOutcome>[] = [
  {
    name: "left: network",
    zh: "遗留：网络",
    of: ({ left }) => left.network,
    kinds: ["bridge", "veth"],
  },
  { name: "left: rules", zh: "遗留：防火墙规则", of: ({ left }) => left.rules, kinds: firewall },
  {
    name: "left: netns",
    zh: "遗留：netns",
    of: ({ left }) => left.networkNamespaces,
    kinds: ["network-namespace"],
  },
  { name: "left: cgroups", zh: "遗留：cgroup", of: ({ left }) => left.cgroups, kinds: ["cgroup"] },
  {
    name: "left: sysctls",
    zh: "遗留：内核参数",
    of: ({ left }) => left.sysctls,
    kinds: ["sysctl", "route-localnet"],
  },
  {
    name: "left: mounts",
    zh: "遗留：挂载",
    of: ({ left }) => left.mounts,
    kinds: ["network-namespace", "start", ...filesystems],
  },
  {
    name: "left: records",
    zh: "遗留：运行记录",
    of: ({ left }) => left.runDirectory,
    kinds: ["name", "address"],
  },
  {
    name: "left: files",
    zh: "遗留：文件",
    of: ({ files }) => files,
    kinds: ["mount", "root-build", "writable-layer"],
  },
];
