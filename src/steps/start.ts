import { umask } from "../kernel/calls/file.js";
import { mount } from "../kernel/calls/mount.js";
import { setns } from "../kernel/calls/namespace.js";
import { CLONE_NEWNET } from "../kernel/constants/clone.js";
import { MS_PRIVATE, MS_REC } from "../kernel/constants/mount.js";
import { placeholder } from "../kernel/system-call.js";
import type { Language } from "../model/language.js";
import { text } from "../model/param.js";
import type { NamespaceType } from "../model/spec/container.js";
import type { Value } from "../model/value.js";
import { type Tool, defineStep } from "./step.js";

/** A namespace that a process can be born in; that of its group comes once it has joined that. */
type BornNamespace = Exclude<NamespaceType, "cgroup">;

export interface StartFields {
  readonly name: Value<"name">;
  /** The namespaces it has of its own. */
  readonly namespaces: readonly BornNamespace[];
  /** The network namespace that it joins, by its name under /run/netns: made before, or another container's. */
  readonly joinNetwork: Value<"name"> | undefined;
  /** Whether the root is switched by pivot_root, which needs a way back to the host's tools. */
  readonly pivot: boolean;
  /** Whether it waits until the host has done something to it. */
  readonly waits: boolean;
  /** Whether it tells the launcher when its command starts. */
  readonly announced?: true;
}

/**
 * The namespaces that are made with the process. Its network namespace is made before and joined, unless a user
 * namespace comes with the process too: a network namespace belongs to the user namespace it was made in, and
 * only there has root inside any rights over it.
 */
export const namespacesOfStart = (namespaces: readonly NamespaceType[]): NamespaceType[] =>
  namespaces.filter((type) => type !== "network" || namespaces.includes("user"));

/** The launcher's descriptor of the network namespace that the container joins. */
const networkNamespaceDescriptor = placeholder("networkNamespace");

/** What a process has of its own in each namespace. */
const ownParts: Readonly<Record<BornNamespace, Readonly<Record<Language, string>>>> = {
  pid: { en: "process table", zh: "进程表" },
  mount: { en: "mounts", zh: "挂载点" },
  uts: { en: "host name", zh: "主机名" },
  ipc: { en: "IPC objects", zh: "IPC 对象" },
  network: { en: "network stack", zh: "网络栈" },
  user: { en: "users and groups", zh: "用户和组" },
};

const own = (language: Language, namespaces: readonly BornNamespace[]) =>
  namespaces.map((type) => ownParts[type][language]).join({ en: ", ", zh: "、" }[language]);

const forked = (language: Language, namespaces: readonly BornNamespace[]) =>
  namespaces.includes("pid")
    ? {
        en: "A new pid namespace begins with the next child, hence the fork. ",
        zh: "新的 pid namespace 从下一个子进程开始生效，所以需要 fork。",
      }[language]
    : "";

/** Starts the container's first process in new namespaces. */
export const start = defineStep<StartFields>({
  kind: "start",
  where: "host",
  phase: "start",
  required: true,
  takesCommand: true,
  title: ({ namespaces }) => ({
    en: text`start a process with its own ${namespaces.join(", ")} namespaces`,
    zh: text`启动拥有独立 ${namespaces.join("、")} namespace 的进程`,
  }),
  explanation: ({ namespaces }) => ({
    en: {
      what: `Starts a process that has these of its own: ${own("en", namespaces)}. ${forked("en", namespaces)}Mounts are made private, so that nothing mounted inside shows outside. When the launcher dies, the container is killed.`,
      without: "A process like any other: it sees and signals every process of the host.",
    },
    zh: {
      what: `启动一个进程，它有自己的${own("zh", namespaces)}。${forked("zh", namespaces)}挂载传播设为 private，容器内的挂载不会出现在宿主机上。启动者死亡时，容器会被杀死。`,
      without: "只是一个普通进程：能看到宿主机的所有进程，也能向它们发信号。",
    },
  }),
  manual: ["namespaces(7)", "unshare(1)", "clone(2)"],
  needsRoot: ({ namespaces }) => !namespaces.includes("user"),
  tools: ({ joinNetwork }): Tool[] => [
    "setpriv",
    "sleep",
    "unshare",
    ...(joinNetwork === undefined ? [] : (["nsenter"] as const)),
  ],
  effects: ({ name }) => [{ type: "process", target: text`${name}`, lifetime: "container" }],
  lower: ({ namespaces, joinNetwork }, { builder, addStreams }) => {
    const writer = builder.step("start");
    addStreams(writer);
    writer.add(umask(0o022));
    if (joinNetwork !== undefined) writer.add(setns(networkNamespaceDescriptor, CLONE_NEWNET));
    if (namespaces.includes("mount"))
      writer.add(mount("none", "/", null, MS_REC | MS_PRIVATE, null));
  },
  undo: () => ({ en: "kill what is left of the container", zh: "杀死容器的残留进程" }),
});
