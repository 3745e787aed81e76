import { text } from "../model/param.js";
import { defaultIdMappings, type IdMapping, rootHostID } from "../model/spec/id-mappings.js";
import type { Text, Value } from "../model/value.js";
import { chooseIdMaps, requireUserNamespaces, type WantedIdMaps } from "./id-maps.js";
import { writeLine } from "./records.js";
import { defineStep } from "./step.js";

export interface IdMappingsFields {
  /** Lines of /proc/PID/uid_map: first id inside, first id outside, how many. */
  readonly users: Text | string;
  /** The same of /proc/PID/gid_map. */
  readonly groups: Text | string;
  /** Who root inside is on the host. */
  readonly root: Value<"integer">;
  /** Whether root inside has to enter the directory of whoever starts the container, and may be somebody else. */
  readonly enters: boolean;
  /** Whether others than root get the ids that are theirs instead. */
  readonly automatic: boolean;
  /** Who the command runs as. */
  readonly user: WantedIdMaps["user"];
}

/** Says which ids of the host the ids in the container's user namespace stand for. */
export const idMappings = defineStep<IdMappingsFields>({
  kind: "id-mappings",
  where: "host",
  phase: "start",
  title: ({ root, automatic }) =>
    automatic
      ? {
          en: text`map root of the container to user ${root} of the host, or to whoever starts it`,
          zh: text`把容器的 root 映射为宿主机用户 ${root}，或启动容器的用户`,
        }
      : {
          en: text`map root of the container to user ${root} of the host`,
          zh: text`把容器的 root 映射为宿主机用户 ${root}`,
        },
  explanation: {
    en: {
      what: "A new user namespace knows no ids. One line in uid_map and gid_map of its process says which ids of the host those inside stand for; it can be written once, and from outside. The host's root maps as he likes; another user maps himself, which the kernel allows when the groups he is in cannot be dropped inside, and with the help of newuidmap also the ids that /etc/subuid sets apart for him. Root inside then has every capability, but only over what belongs to the namespace: for the host's files and processes it is a user without any rights.",
      without:
        "Everybody inside is nobody (65534): a process without ids can create no file and become no user. And without a user namespace, root in the container is root of the host.",
    },
    zh: {
      what: "新的 user namespace 中没有任何 ID。向其中进程的 uid_map 和 gid_map 写入一行，说明内部的 ID 对应宿主机上的哪些 ID；只能从外部写一次。宿主机的 root 可以任意映射；其他用户只能映射自己（内核要求此时内部不能清除附加组），借助 newuidmap 还可以映射 /etc/subuid 分配给他的 ID。此后内部的 root 拥有全部 capability，但只对属于该 namespace 的资源有效：面对宿主机的文件和进程，它只是一个没有特权的用户。",
      without:
        "内部的所有人都是 nobody（65534）：没有 ID 的进程无法创建文件，也无法切换用户。而没有 user namespace 时，容器里的 root 就是宿主机的 root。",
    },
  },
  manual: ["user_namespaces(7)", "newuidmap(1)", "subuid(5)"],
  needsRoot: false,
  tools: ({ automatic }) => (automatic ? ["id"] : []),
  effects: () => [],
  preflight: (fields, host) => {
    requireUserNamespaces();
    host.idMaps = chooseIdMaps(fields);
  },
  perform: async (fields, { process, command, idMaps = chooseIdMaps(fields) }) => {
    const { users, groups, helper, setgroups } = idMaps;
    const pid = String(process);
    if (helper) {
      await command(["newuidmap", pid, ...users.split(/\s/)]);
      await command(["newgidmap", pid, ...groups.split(/\s/)]);
      return;
    }
    if (!setgroups) writeLine(`/proc/${pid}/setgroups`, "deny");
    writeLine(`/proc/${pid}/uid_map`, users);
    writeLine(`/proc/${pid}/gid_map`, groups);
  },
  undo: undefined,
});

/** The fields of a step that writes these mappings, or where there are none, the default ones. */
export function idMappingsFields({
  uidMappings = defaultIdMappings,
  gidMappings = defaultIdMappings,
  ...fields
}: {
  readonly uidMappings: readonly IdMapping[] | undefined;
  readonly gidMappings: readonly IdMapping[] | undefined;
} & Pick<IdMappingsFields, "enters" | "automatic" | "user">): IdMappingsFields {
  return {
    ...fields,
    users: mapLines(uidMappings),
    groups: mapLines(gidMappings),
    root: rootHostID(uidMappings),
  };
}

function mapLines(mappings: readonly IdMapping[]): Text | string {
  const [first, ...others] = mappings.map(
    ({ containerID, hostID, size }) => text`${containerID} ${hostID} ${size}`,
  );
  return first === undefined ? "" : others.reduce((lines, line) => text`${lines}\n${line}`, first);
}
