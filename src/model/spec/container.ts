import { posix } from "node:path";
import * as z from "zod/mini";
import type { CapabilityChange } from "../capabilities.js";
import { documented, issue, refined, transformed, value } from "./field.js";
import { filesSchema } from "./files.js";
import { hooksSchema } from "./hooks.js";
import { extraHostsSchema } from "./hosts.js";
import { type IdMapping, idMappingProblems, idMappingsSchema } from "./id-mappings.js";
import { mountsSchema } from "./mounts.js";
import { networkSchema } from "./network.js";
import { isJoined, type NetworkMode, shownMode } from "./network-mode.js";
import { processSchema } from "./process.js";
import { resourcesSchema } from "./resources.js";
import { restrictedPathsSchema } from "./restricted-paths.js";
import { rootSchema } from "./root.js";

/** The namespaces a container can have of its own; OCI's names. */
export const namespaceTypes = ["pid", "mount", "uts", "ipc", "network", "user", "cgroup"] as const;

export type NamespaceType = (typeof namespaceTypes)[number];

/** One container. OCI runtime-spec terms without the `linux` level; Docker's where OCI has none. */
const fields = z.strictObject({
  name: documented(z._default(value("name"), "container"), {
    en: "Name of the container; its cgroup, network namespace and record are named after it.",
    zh: "容器名称；cgroup、network namespace 和运行记录都以它命名。",
  }),
  hostname: documented(z.optional(value("name")), {
    en: "Host name inside the container.",
    zh: "容器内的主机名。",
  }),
  root: documented(z.prefault(rootSchema, {}), {
    en: "The root file system.",
    zh: "根文件系统（rootfs）。",
  }),
  process: documented(z.prefault(processSchema, {}), {
    en: "The command to run.",
    zh: "要运行的命令。",
  }),
  privileged: documented(z._default(z.boolean(), false), {
    en: "All capabilities, and no restriction of the process.",
    zh: "拥有全部 capability，进程不受任何限制。",
  }),
  namespaces: documented(z.optional(z.array(z.enum(namespaceTypes))), {
    en: 'Namespaces of its own. Default: all, without "network" when network.mode is "host" or a container, without "cgroup" when privileged, and with "user" only when there are uidMappings or gidMappings.',
    zh: '独立的 namespace。默认全部；network.mode 为 "host" 或其他容器时不含 "network"，privileged 时不含 "cgroup"；只有写了 uidMappings 或 gidMappings 才含 "user"。',
  }),
  uidMappings: documented(z.optional(idMappingsSchema), {
    en: "Which user ids of the host those of the container's user namespace stand for; id 0 has to be among them. Default: gidMappings, else 0–65535 for 100000–165535.",
    zh: "user namespace 中的用户 ID 对应宿主机上的哪些用户 ID，必须包含 0。默认同 gidMappings；都没写时 0–65535 对应 100000–165535。",
  }),
  gidMappings: documented(z.optional(idMappingsSchema), {
    en: "The same for group ids. Default: uidMappings, else 0–65535 for 100000–165535.",
    zh: "组 ID 的对应关系。默认同 uidMappings；都没写时 0–65535 对应 100000–165535。",
  }),
  mounts: documented(mountsSchema, {
    en: "File systems mounted inside the container, in this order. Default: /proc, /sys and a tmpfs at /tmp.",
    zh: "容器内按顺序挂载的文件系统。默认：/proc、/sys 和 /tmp 上的 tmpfs。",
  }),
  files: documented(z._default(filesSchema, []), {
    en: "Files of this container alone, as `configs` of Compose: each is mounted over its place in the root file system, which is not written to.",
    zh: "只属于这个容器的文件，同 Compose 的 `configs`：挂载到 rootfs 的相应位置之上，不写入 rootfs。",
  }),
  maskedPaths: documented(z.optional(restrictedPathsSchema), {
    en: "Paths that are hidden from the container: a file reads as /dev/null, a directory is empty; what is missing is left out. Default: those of runc, such as /proc/kcore and /sys/firmware; none when privileged.",
    zh: "对容器隐藏的路径：文件读起来等于 /dev/null，目录为空；不存在的忽略。默认与 runc 相同，例如 /proc/kcore、/sys/firmware；privileged 时没有。",
  }),
  readonlyPaths: documented(z.optional(restrictedPathsSchema), {
    en: "Paths that the container may read and not change; what is missing is left out. Default: those of runc, such as /proc/sys; none when privileged.",
    zh: "容器只能读取、不能修改的路径；不存在的忽略。默认与 runc 相同，例如 /proc/sys；privileged 时没有。",
  }),
  resources: documented(z.prefault(resourcesSchema, {}), {
    en: "Limits, enforced by cgroups.",
    zh: "由 cgroup 执行的资源限制。",
  }),
  cgroup: documented(
    z.prefault(
      z.strictObject({
        version: documented(
          z._default(z.union([z.literal("auto"), z.literal(1), z.literal(2)]), "auto"),
          {
            en: 'cgroup version of the host. "auto" finds out when the container starts; a hybrid host counts as 1.',
            zh: '宿主机的 cgroup 版本。"auto" 在容器启动时检测；混合模式按 1 处理。',
          },
        ),
      }),
      {},
    ),
    { en: "How limits are enforced.", zh: "资源限制的实现方式。" },
  ),
  network: documented(z.prefault(networkSchema, {}), { en: "The network.", zh: "网络。" }),
  extraHosts: documented(z._default(extraHostsSchema, {}), {
    en: "More hosts by name, as `extra_hosts` of Compose: lines of the container's own /etc/hosts. That lies over the root file system's when there are any, and when a bridged container has a host name, which it gives the container's address.",
    zh: "按名称添加主机，同 Compose 的 `extra_hosts`：写入容器自己的 /etc/hosts。给出了主机，或网桥模式的容器有主机名（解析为容器自己的地址）时，它会覆盖 rootfs 中的文件。",
  }),
  hooks: documented(z.optional(hooksSchema), {
    en: "Programs of the host that are run at moments of the container's life, with the names of OCI; each is a list of a program, by its absolute path, and its arguments. They run in / with no environment but PATH, as whoever starts the container (startContainer aside), and read its state as JSON from standard input; for an environment use env(1), for a time limit timeout(1). In place of prestart, which OCI has given up, write createRuntime.",
    zh: "在容器生命周期的各个时刻运行的宿主机程序，名称同 OCI；每一项是程序的绝对路径加参数的列表。它们在 / 下以启动容器的用户运行，环境变量只有 PATH（startContainer 除外），从标准输入读取 JSON 格式的容器状态；需要环境变量请用 env(1)，需要限时请用 timeout(1)。OCI 已废弃的 prestart 请改写为 createRuntime。",
  }),
  banner: documented(z._default(z.boolean(), false), {
    en: "Print a welcome text before the command starts.",
    zh: "在命令启动前打印欢迎信息。",
  }),
});

/** The same, with what follows from it filled in. */
export const containerSchema = refined(
  transformed(fields, ({ uidMappings, gidMappings, ...spec }) => ({
    ...spec,
    process: {
      ...spec.process,
      noNewPrivileges: spec.process.noNewPrivileges ?? !spec.privileged,
    },
    namespaces:
      spec.namespaces ??
      defaultNamespaces({
        network: hasOwnNetwork(spec.network.mode),
        user: (uidMappings ?? gidMappings) !== undefined,
        cgroup: !spec.privileged,
      }),
    ...bothMappings(uidMappings, gidMappings),
  })),
  (spec, context) => {
    const problems = [
      ...privilegeProblems(spec),
      ...namespaceProblems(spec),
      ...joinProblems(spec),
      ...idMappingProblems(spec),
      ...fileProblems(spec),
    ];
    for (const { path, ...found } of problems) context.addIssue({ ...found, path });
  },
);

interface FileUse {
  readonly mounts: readonly { readonly destination: string }[];
  readonly files: readonly { readonly path: string }[];
}

/** A file cannot be where a file system is mounted. */
function fileProblems({ mounts, files }: FileUse) {
  const places = mounts.map(({ destination }) => posix.resolve(destination));
  return files.flatMap(({ path: value }, index) =>
    places.includes(posix.resolve(value))
      ? [issue("duplicate-value", { value }, ["files", index, "path"])]
      : [],
  );
}

interface PrivilegeUse {
  readonly privileged: boolean;
  readonly maskedPaths?: readonly string[] | undefined;
  readonly readonlyPaths?: readonly string[] | undefined;
  readonly process: { readonly capabilities: CapabilityChange };
}

/** What a privileged container has anyway cannot be changed. */
function privilegeProblems({ privileged, process: { capabilities }, ...paths }: PrivilegeUse) {
  if (!privileged) return [];
  const changed = [
    ...(["add", "drop"] as const)
      .filter((change) => capabilities[change].length > 0)
      .map((change) => ["process", "capabilities", change]),
    ...(["maskedPaths", "readonlyPaths"] as const)
      .filter((field) => (paths[field] ?? []).length > 0)
      .map((field) => [field]),
  ];
  return changed.map((path) => issue("privileged-conflict", {}, path));
}

interface NamespaceUse {
  readonly hostname?: unknown;
  readonly network: { readonly mode: NetworkMode };
  readonly namespaces: readonly NamespaceType[];
}

/** The namespaces of a container that does not list them. */
export const defaultNamespaces = (
  own: Readonly<Record<"network" | "user" | "cgroup", boolean>>,
): NamespaceType[] =>
  namespaceTypes.filter((type) => !(type in own) || own[type as keyof typeof own]);

/** Users and groups mostly have the same numbers, so one list stands for both. */
function bothMappings(users: IdMapping[] | undefined, groups: IdMapping[] | undefined) {
  const [uidMappings, gidMappings] = [users ?? groups, groups ?? users];
  return uidMappings === undefined || gidMappings === undefined ? {} : { uidMappings, gidMappings };
}

function namespaceProblems({ namespaces, hostname, network }: NamespaceUse) {
  const missing = (namespace: NamespaceType, because: string) =>
    namespaces.includes(namespace)
      ? []
      : [issue("namespace-missing", { namespace, because }, ["namespaces"])];
  const because = `network.mode "${shownMode(network.mode)}"`;
  const excluded = (namespace: NamespaceType) =>
    namespaces.includes(namespace)
      ? [issue("namespace-conflict", { namespace, because }, ["namespaces"])]
      : [];
  const repeated = namespaces.find((type, index) => namespaces.indexOf(type) !== index);
  return [
    ...(repeated === undefined
      ? []
      : [issue("duplicate-value", { value: repeated }, ["namespaces"])]),
    ...missing("mount", "root"),
    ...(hostname === undefined ? [] : missing("uts", "hostname")),
    ...(hasOwnNetwork(network.mode) ? missing("network", because) : excluded("network")),
    ...(isJoined(network.mode) ? excluded("user") : []),
  ];
}

/** Whether a container has a network stack of its own. */
const hasOwnNetwork = (mode: NetworkMode) => mode !== "host" && !isJoined(mode);

interface JoinUse {
  readonly name: unknown;
  readonly network: { readonly mode: NetworkMode };
  readonly extraHosts: object;
}

/** What a container cannot have that shares the network of another. */
function joinProblems({ name, network: { mode }, extraHosts }: JoinUse) {
  if (!isJoined(mode)) return [];
  const parameters = { mode: shownMode(mode) };
  return [
    ...(JSON.stringify(mode.container) === JSON.stringify(name)
      ? [issue("network-own", parameters, ["network", "mode"])]
      : []),
    ...(Object.keys(extraHosts).length > 0
      ? [issue("network-joined", parameters, ["extraHosts"])]
      : []),
  ];
}
