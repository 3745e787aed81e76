import { capabilityBounds, defaultCapabilities } from "../model/capabilities.js";
import { defaultMaskedPaths, defaultReadonlyPaths } from "../model/default-paths.js";
import type { Translated } from "../model/language.js";
import { readable } from "../model/readable.js";
import { isReadOnly } from "../model/spec/mount-options.js";
import type { Spec } from "../model/spec/parse.js";

/** How much harm a container can do by it: `high` is as good as root on the host. */
export const riskLevels = ["high", "medium", "low"] as const;

export type RiskLevel = (typeof riskLevels)[number];

/** Where a rule applies to a container. */
interface Match {
  readonly field: readonly PropertyKey[];
  /** What it is about, such as a path or a capability; a policy may allow it by this. */
  readonly subject?: string;
}

interface Rule {
  readonly level: RiskLevel;
  /** Why it is a risk; `{subject}` stands for what it is about. */
  readonly reason: Translated;
  readonly find: (spec: Spec) => readonly Match[];
}

const when = (condition: boolean, ...field: readonly PropertyKey[]): Match[] =>
  condition ? [{ field }] : [];

const lacks = (spec: Spec, namespace: Spec["namespaces"][number]) =>
  when(!spec.namespaces.includes(namespace), "namespaces");

/** Capabilities that lead to the host by themselves; see capabilities(7). */
const dangerous: readonly string[] = [
  "CAP_SYS_ADMIN",
  "CAP_SYS_MODULE",
  "CAP_SYS_PTRACE",
  "CAP_SYS_RAWIO",
  "CAP_SYS_BOOT",
  "CAP_SYS_TIME",
  "CAP_DAC_READ_SEARCH",
  "CAP_MAC_ADMIN",
  "CAP_MAC_OVERRIDE",
  "CAP_BPF",
  "CAP_PERFMON",
  "CAP_NET_ADMIN",
];

function addedCapabilities(spec: Spec, which: (name: string) => boolean): Match[] {
  if (spec.privileged) return [];
  const { kept } = capabilityBounds(spec.process.capabilities);
  return kept
    .filter((name) => !defaultCapabilities.includes(name) && which(name))
    .map((name) => ({ field: ["process", "capabilities", "add"], subject: name }));
}

/** Places of the host that lead to all of it. */
const sensitive =
  /^\/+((etc|root|boot|proc|sys|dev|usr|lib|bin|sbin|var\/run|run)(\/.*)?|.*\.sock)?$/;

interface Bind {
  readonly source: string;
  readonly readOnly: boolean;
}

function binds(spec: Spec, which: (bind: Bind) => boolean): Match[] {
  return spec.mounts.flatMap((mount, index) => {
    if (mount.type !== "bind") return [];
    const source = readable(mount.source);
    const matches = which({ source, readOnly: isReadOnly(mount.options) });
    return matches ? [{ field: ["mounts", index], subject: source }] : [];
  });
}

/** The usual paths that a container which is not privileged does not hide or protect. */
function unrestricted(
  spec: Spec,
  field: "maskedPaths" | "readonlyPaths",
  usual: readonly string[],
): Match[] {
  const given = spec[field];
  if (spec.privileged || given === undefined) return [];
  const kept = (each: string) => given.some((path) => isWithin(each, path));
  return usual.filter((each) => !kept(each)).map((subject) => ({ field: [field], subject }));
}

/** Where the usual paths are. */
const usualPlaces = { proc: "/proc", sysfs: "/sys" } as const;

/** What the usual paths are called where proc or sysfs is mounted at another place as well. */
function unrestrictedCopies(
  spec: Spec,
  field: "maskedPaths" | "readonlyPaths",
  usual: readonly string[],
): Match[] {
  if (spec.privileged) return [];
  const given = spec[field] ?? [];
  return spec.mounts.flatMap(({ type, destination, options }, index) => {
    if (type !== "proc" && type !== "sysfs") return [];
    const place = usualPlaces[type];
    if (destination === place || (field === "readonlyPaths" && options.includes("ro"))) return [];
    return usual
      .filter((each) => isWithin(each, place))
      .map((each) => `${destination}${each.slice(place.length)}`)
      .filter((each) => !given.some((path) => isWithin(each, path)))
      .map((subject) => ({ field: ["mounts", index], subject }));
  });
}

const isWithin = (place: string, directory: string) => `${place}/`.startsWith(`${directory}/`);

function writableSysfs({ privileged, mounts }: Spec): Match[] {
  if (privileged) return [];
  return mounts.flatMap(({ type, options, destination }, index) =>
    type === "sysfs" && options.findLast((each) => each === "ro" || each === "rw") === "rw"
      ? [{ field: ["mounts", index], subject: destination }]
      : [],
  );
}

/** Published ports, by whether only the host itself reaches them. */
function published(spec: Spec, which: (local: boolean) => boolean): Match[] {
  return spec.network.publish.flatMap((port) =>
    which(port.hostAddress.startsWith("127."))
      ? [{ field: ["network", "publish"], subject: portText(port) }]
      : [],
  );
}

const portText = ({ hostAddress, hostPort, protocol }: Spec["network"]["publish"][number]) =>
  `${hostAddress}:${readable(hostPort)}/${protocol}`;

/** Programs of the host that the container has run. */
function hooks(spec: Spec): Match[] {
  return Object.entries(spec.hooks ?? {})
    .filter(([name]) => name !== "startContainer")
    .flatMap(([name, list]) =>
      list.map(([program], index) => ({
        field: ["hooks", name, index],
        subject: readable(program),
      })),
    );
}

/** What crosses the border between a container and the host, and what an organisation may want to forbid. */
export const rules = {
  privileged: {
    level: "high",
    reason: {
      en: "a privileged container has every capability and no restriction; root in it can become root on the host",
      zh: "特权容器拥有全部 capability 且不受限制；容器中的 root 可以成为宿主机的 root",
    },
    find: (spec) => when(spec.privileged, "privileged"),
  },
  "host-network": {
    level: "high",
    reason: {
      en: "the container shares the host's network: it reaches services on 127.0.0.1 and can listen on every address",
      zh: "容器使用宿主机的网络：能访问 127.0.0.1 上的服务，也能监听任意地址",
    },
    find: (spec) =>
      spec.network.mode === "host" ? [{ field: ["network", "mode"] }] : lacks(spec, "network"),
  },
  "host-processes": {
    level: "high",
    reason: {
      en: "without a pid namespace the container sees every process of the host and can send signals to them",
      zh: "没有 pid namespace，容器能看到宿主机的所有进程并向其发送信号",
    },
    find: (spec) => lacks(spec, "pid"),
  },
  "host-ipc": {
    level: "medium",
    reason: {
      en: "without an ipc namespace the container shares memory segments and message queues with the host",
      zh: "没有 ipc namespace，容器与宿主机共用共享内存段和消息队列",
    },
    find: (spec) => lacks(spec, "ipc"),
  },
  "host-name": {
    level: "low",
    reason: {
      en: "without a uts namespace the container shares the host's name",
      zh: "没有 uts namespace，容器与宿主机共用主机名",
    },
    find: (spec) => lacks(spec, "uts"),
  },
  "dangerous-capability": {
    level: "high",
    reason: {
      en: "{subject} is enough to take over the host or its network",
      zh: "拥有 {subject} 就足以控制宿主机或其网络",
    },
    find: (spec) => addedCapabilities(spec, (name) => dangerous.includes(name)),
  },
  "added-capability": {
    level: "medium",
    reason: {
      en: "{subject} is not among the capabilities that containers have by default",
      zh: "{subject} 不在容器的默认 capability 之列",
    },
    find: (spec) => addedCapabilities(spec, (name) => !dangerous.includes(name)),
  },
  "new-privileges": {
    level: "medium",
    reason: {
      en: "set-user-ID programs in the root file system can raise the privileges of the command",
      zh: "rootfs 中的 set-user-ID 程序可以提升命令的权限",
    },
    find: (spec) =>
      when(!spec.privileged && !spec.process.noNewPrivileges, "process", "noNewPrivileges"),
  },
  "writable-path": {
    level: "high",
    reason: {
      en: "the container can write to {subject}: settings of the whole host's kernel",
      zh: "容器可以写 {subject}：其中是整个宿主机的内核设置",
    },
    find: (spec) => [
      ...unrestricted(spec, "readonlyPaths", defaultReadonlyPaths),
      ...unrestrictedCopies(spec, "readonlyPaths", defaultReadonlyPaths),
      ...writableSysfs(spec),
    ],
  },
  "unmasked-path": {
    level: "medium",
    reason: {
      en: "the container sees {subject}, which tells about the host",
      zh: "容器能看到 {subject}，其中有宿主机的信息",
    },
    find: (spec) => [
      ...unrestricted(spec, "maskedPaths", Object.keys(defaultMaskedPaths)),
      ...unrestrictedCopies(spec, "maskedPaths", Object.keys(defaultMaskedPaths)),
    ],
  },
  "sensitive-bind": {
    level: "high",
    reason: {
      en: "{subject} of the host holds secrets, devices or the way to them",
      zh: "宿主机的 {subject} 中有机密、设备或通往它们的途径",
    },
    find: (spec) => binds(spec, ({ source }) => sensitive.test(source)),
  },
  "writable-bind": {
    level: "high",
    reason: {
      en: "the container can change {subject} on the host",
      zh: "容器可以修改宿主机上的 {subject}",
    },
    find: (spec) => binds(spec, ({ readOnly }) => !readOnly),
  },
  "readable-bind": {
    level: "low",
    reason: {
      en: "the container can read {subject} of the host",
      zh: "容器可以读取宿主机上的 {subject}",
    },
    find: (spec) => binds(spec, ({ readOnly }) => readOnly),
  },
  "host-hook": {
    level: "high",
    reason: {
      en: "{subject} of the host is run outside of the container's restrictions, with the rights of whoever starts it",
      zh: "宿主机的 {subject} 在容器的限制之外运行，权限与启动容器的用户相同",
    },
    find: hooks,
  },
  "published-port": {
    level: "medium",
    reason: {
      en: "other hosts reach the container at {subject}, past a firewall that filters only INPUT",
      zh: "其他主机可通过 {subject} 访问容器，只过滤 INPUT 的防火墙拦不住",
    },
    find: (spec) => published(spec, (local) => !local),
  },
  "local-port": {
    level: "low",
    reason: {
      en: "the host reaches the container at {subject}",
      zh: "宿主机可通过 {subject} 访问容器",
    },
    find: (spec) => published(spec, (local) => local),
  },
  "chroot-only": {
    level: "medium",
    reason: {
      en: "chroot hides the host's file system without detaching it; root with CAP_SYS_CHROOT can get out",
      zh: "chroot 只是隐藏宿主机的文件系统而没有卸载；拥有 CAP_SYS_CHROOT 的 root 可以逃出",
    },
    find: (spec) => when(spec.root.switch === "chroot", "root", "switch"),
  },
  "no-memory-limit": {
    level: "medium",
    reason: {
      en: "without a memory limit the container can use up all memory of the host",
      zh: "没有内存限制，容器可以耗尽宿主机的内存",
    },
    find: ({ resources }) =>
      when(resources.memory?.limit === undefined, "resources", "memory", "limit"),
  },
  "no-cpu-limit": {
    level: "medium",
    reason: {
      en: "without a CPU limit the container can keep every CPU of the host busy",
      zh: "没有 CPU 限制，容器可以占满宿主机的所有 CPU",
    },
    find: ({ resources }) => when(resources.cpu?.quota === undefined, "resources", "cpu", "quota"),
  },
  "no-pids-limit": {
    level: "medium",
    reason: {
      en: "without a limit of processes a fork bomb in the container stops the host",
      zh: "没有进程数限制，容器中的 fork 炸弹会拖垮宿主机",
    },
    find: ({ resources }) =>
      when(resources.pids?.limit === undefined, "resources", "pids", "limit"),
  },
  "root-user": {
    level: "low",
    reason: {
      en: "the command runs as root, and that is the host's root as far as files are concerned; use another user, or a user namespace",
      zh: "命令以 root 运行，就文件而言即宿主机的 root；请使用其他用户，或使用 user namespace",
    },
    find: (spec) =>
      when(spec.process.user.uid === 0 && !spec.namespaces.includes("user"), "process", "user"),
  },
  "unpinned-rootfs": {
    level: "low",
    reason: {
      en: "what is in {subject} is not part of this config: whoever may write there decides what runs",
      zh: "{subject} 的内容不属于此配置：能写入该目录的人决定运行什么",
    },
    find: ({ root: { path, layers = [] } }) => [
      ...(path === undefined ? [] : [{ field: ["root", "path"], subject: readable(path) }]),
      ...layers.map((layer, index) => {
        const field = ["root", "layers", index];
        return { field, subject: readable(layer) };
      }),
    ],
  },
  "kept-layer": {
    level: "medium",
    reason: {
      en: "what the container writes stays in {subject} on the host, set-user-ID programs and devices among it; let only root enter it",
      zh: "容器写入的内容会留在宿主机的 {subject} 中，可能包括 set-user-ID 程序和设备文件；请只允许 root 进入该目录",
    },
    find: ({ root: { overlay } }) =>
      overlay === undefined
        ? []
        : [{ field: ["root", "overlay", "path"], subject: readable(overlay.path) }],
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof rules;

export const ruleNames = Object.keys(rules) as RuleName[];

/** One place where a container crosses a border. */
export interface Risk extends Match {
  readonly rule: RuleName;
  readonly level: RiskLevel;
  readonly reason: Translated;
}

/** Everything about a container that a rule applies to, in the order of the rules. */
export function risksOf(spec: Spec): Risk[] {
  return ruleNames.flatMap((rule) => {
    const { level, reason, find }: Rule = rules[rule];
    return find(spec).map((match) => ({ rule, level, ...match, reason: fill(reason, match) }));
  });
}

function fill({ en, zh }: Translated, { subject = "" }: Match): Translated {
  const put = (text: string) => text.replaceAll("{subject}", () => subject);
  return { en: put(en), zh: put(zh) };
}
