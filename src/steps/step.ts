import type { Bindings } from "../model/value.js";
import type { Container, Host } from "./host.js";
import { type Known, makeKnown } from "./known.js";
import type { Language, Translated } from "../model/language.js";
import type { Text } from "../model/value.js";

/** The phases of a plan, in the order in which they happen. */
export const phases = [
  "claim",
  "network",
  "storage",
  "cgroup",
  "start",
  "outside",
  "container",
  "command",
  "running",
  "stopped",
] as const;

export type Phase = (typeof phases)[number];

export const phaseTitles: Record<Phase, Translated> = {
  claim: {
    en: "Claim: a name and an address nobody else has",
    zh: "登记：占用名称和地址，确保无人重复",
  },
  network: { en: "Network: bridge, NAT and veth pair", zh: "网络：网桥、NAT 和 veth pair" },
  storage: { en: "Storage: volumes and files", zh: "存储：数据卷和文件" },
  cgroup: { en: "Limits: cgroups", zh: "资源限制：cgroup" },
  start: { en: "Start: the namespaces", zh: "启动：创建 namespace" },
  outside: {
    en: "Outside: what the host does while the container waits",
    zh: "容器外部：容器等待期间由宿主机完成",
  },
  container: { en: "Inside: file systems and root", zh: "容器内部：文件系统和根目录" },
  command: { en: "Command", zh: "运行命令" },
  running: { en: "Running: once the command has been started", zh: "运行中：命令启动之后" },
  stopped: { en: "Stopped: when everything else is gone", zh: "停止后：其余一切都已删除" },
};

/** How long something a step makes stays on the host. */
export const lifetimes = [
  /** Gone when the container has ended. */
  "container",
  /** Gone when the last container that shares it has ended, unless it was there before. */
  "shared",
  /** Stays. */
  "stays",
] as const;

export type Lifetime = (typeof lifetimes)[number];

export const effectTypes = [
  "file",
  "directory",
  "device",
  "namespace",
  "rule",
  "sysctl",
  "cgroup",
  "mount",
  "process",
  /** A program of the host that is run, whatever it does. */
  "program",
  /** Something of the host's that a container is given to read, or to write to as well. */
  "readable",
  "writable",
] as const;

export type EffectType = (typeof effectTypes)[number];

/** One thing a step changes, as data: the script's header and the audit manifest are made from these. */
export interface Effect {
  readonly type: EffectType;
  /** What is changed: a path, a device, a rule. */
  readonly target: string | Text;
  readonly lifetime: Lifetime;
}

/** What a reader learns about a kind of step. */
export interface Explanation {
  /** What it does. */
  readonly what: string;
  /** What breaks without it. */
  readonly without: string;
}

/** A command a step runs on the host. */
export type Tool = keyof typeof toolPackages;

/** Debian's package of each tool. */
export const toolPackages = {
  chroot: "coreutils",
  env: "coreutils",
  flock: "util-linux",
  hostname: "hostname",
  id: "coreutils",
  ip: "iproute2",
  "iptables-restore": "iptables",
  "iptables-save": "iptables",
  ldd: "libc-bin",
  mkdir: "coreutils",
  mknod: "coreutils",
  mount: "mount",
  newgidmap: "uidmap",
  newuidmap: "uidmap",
  nsenter: "util-linux",
  perl: "perl-base",
  pivot_root: "util-linux",
  readlink: "coreutils",
  realpath: "coreutils",
  prlimit: "util-linux",
  rm: "coreutils",
  rmdir: "coreutils",
  chmod: "coreutils",
  chown: "coreutils",
  cp: "coreutils",
  ln: "coreutils",
  setpriv: "util-linux",
  sleep: "coreutils",
  stat: "coreutils",
  tty: "coreutils",
  umount: "mount",
  unshare: "util-linux",
} as const;

/** Versions of packages below which a script does not work. */
export const minimumVersions: Readonly<Partial<Record<(typeof toolPackages)[Tool], string>>> = {
  "util-linux": "2.38",
};

/**
 * One kind of step: everything there is to know about it but its bash, which is the template of the same
 * name under templates/steps/.
 */
export interface StepKind<Fields extends object = object> {
  readonly kind: string;
  /** Whether the step changes the host or runs inside the container's namespaces. */
  readonly where: "host" | "container";
  readonly phase: Phase;
  /** Whether the step is given the command to run. */
  readonly takesCommand?: true;
  /** Whether there is no container without it, so that not even a lesson can leave it out. */
  readonly required?: true;
  /**
   * A step of the container at which another shell takes over in the script: the function that goes on there,
   * and whether the step continues in it. Its template's function executes that shell, or where it continues,
   * another one named `leave_<id>`.
   */
  readonly shell?: { readonly name: "mapped" | "inside"; readonly continues: boolean };
  /** One line that says what happens, logged when it does. */
  readonly title: (fields: Fields) => Record<Language, string | Text>;
  readonly explanation:
    | Readonly<Record<Language, Explanation>>
    | ((fields: Fields) => Readonly<Record<Language, Explanation>>);
  /** Manual pages to read, such as `bridge(8)`. */
  readonly manual: readonly string[];
  readonly tools: (fields: Fields) => readonly Tool[];
  readonly effects: (fields: Fields) => readonly Effect[];
  /** Whether only root can do it. By default of every step of the host; inside, root of a user namespace is enough. */
  readonly needsRoot?: boolean | ((fields: Fields) => boolean);
  /** Whether later steps may begin before this one is done; all are done before the container starts. */
  readonly concurrent?: true;
  /** Whether the script undoes it in the background while it undoes earlier steps; it ends when both are done. */
  readonly undoneInBackground?: true;
  /**
   * Looks for what stands in the way of the step, before the first change; throws a HostProblem. Its template
   * then has a function `preflight_<id>`, which does nothing in a dry run.
   */
  readonly preflight?: (fields: Known<Fields>, host: Host) => void;
  /** Whether a step of the kind has something to look for; each has, by default. */
  readonly hasPreflight?: (fields: Fields) => boolean;
  /** Carries out a step of the host: what its template does in bash. */
  readonly perform?: (fields: Known<Fields>, host: Host) => void | Promise<void>;
  /**
   * What the launcher does for a step of the container on the path without bash, while that waits: the step's system
   * calls have to say where. In the script the container's shell does it by itself.
   */
  readonly attend?: (fields: Known<Fields>, host: Host) => Promise<void>;
  /** Lowers a step of the container to system calls. */
  readonly lower?: (fields: Known<Fields>, container: Container) => void;
  /** How it is undone; undefined where the end of the namespaces undoes it. */
  readonly undo: ((fields: Fields) => Record<Language, string | Text>) | undefined;
}

/** A step of one plan: its kind, applied to its fields. */
export interface Step {
  readonly kind: string;
  /** Unique in its plan and usable in a bash function name: `mount_proc`. */
  readonly id: string;
  readonly where: "host" | "container";
  readonly phase: Phase;
  /** The field of the spec that caused it, such as `network.bridge`. */
  readonly cause: string;
  readonly fields: object;
  readonly takesCommand?: true;
  readonly required?: true;
  readonly shell?: StepKind["shell"];
  readonly concurrent?: true;
  readonly undoneInBackground?: true;
  readonly needsRoot: boolean;
  readonly title: Readonly<Record<Language, string | Text>>;
  readonly explanation: Readonly<Record<Language, Explanation>>;
  readonly manual: readonly string[];
  readonly tools: readonly Tool[];
  readonly effects: readonly Effect[];
  readonly undo: Readonly<Record<Language, string | Text>> | undefined;
  /** Looks for what stands in the way, with the values of the parameters. */
  readonly preflight: ((bindings: Bindings, host: Host) => void) | undefined;
  /** Carries the step out with the values of the parameters; only for steps of the host. */
  readonly perform: ((bindings: Bindings, host: Host) => void | Promise<void>) | undefined;
  /** What the launcher does for it while the container waits; only for steps of the container. */
  readonly attend: ((bindings: Bindings, host: Host) => Promise<void>) | undefined;
  /** Adds the step's system calls; only for steps of the container and the start itself. */
  readonly lower: ((bindings: Bindings, container: Container) => void) | undefined;
}

/** Declares a kind of step: the function that makes steps of it. */
export function defineStep<Fields extends object>(kind: StepKind<Fields>) {
  return (cause: string, fields: Fields, id: string = kind.kind): Step => {
    const known = makeKnown(fields);
    return {
      ...kind,
      id: id.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_+|_+$/g, ""),
      cause,
      fields,
      title: kind.title(fields),
      explanation:
        typeof kind.explanation === "function" ? kind.explanation(fields) : kind.explanation,
      needsRoot:
        typeof kind.needsRoot === "function"
          ? kind.needsRoot(fields)
          : (kind.needsRoot ?? kind.where === "host"),
      tools: kind.tools(fields),
      effects: kind.effects(fields),
      undo: kind.undo?.(fields),
      preflight:
        kind.preflight === undefined || kind.hasPreflight?.(fields) === false
          ? undefined
          : (bindings, host) => kind.preflight?.(known(bindings), host),
      perform: kind.perform && ((bindings, host) => kind.perform?.(known(bindings), host)),
      attend: kind.attend && (async (bindings, host) => kind.attend?.(known(bindings), host)),
      lower: kind.lower && ((bindings, container) => kind.lower?.(known(bindings), container)),
    };
  };
}
