import { userInfo } from "node:os";
import { findTool } from "../kernel/find-tool.js";
import { HostProblem } from "./host.js";
import { readOrEmpty } from "./records.js";
import { runDirectory } from "./run-directory.js";
import { toolPackages } from "./step.js";

/** What is written to the map files of a user namespace, and how. */
export interface IdMaps {
  /** Lines: first id inside, first id outside, how many. */
  readonly users: string;
  readonly groups: string;
  /** Set-user-ID programs that let a user map what /etc/subuid and /etc/subgid give him; else the kernel itself. */
  readonly helper: boolean;
  /** Whether supplementary groups may be dropped inside: not when a user maps himself without a helper. */
  readonly setgroups: boolean;
}

export interface WantedIdMaps {
  readonly users: string;
  readonly groups: string;
  /** Whether others than root get the ids that are theirs instead. */
  readonly automatic: boolean;
  /** Who root inside is on the host. */
  readonly root: number;
  /** Whether root inside has to enter the directory of whoever starts the container, and may be somebody else. */
  readonly enters: boolean;
  /** Who the command runs as. */
  readonly user: { readonly uid: number; readonly gids: readonly number[] };
}

/**
 * What the ids in a container stand for, depending on who starts it: root maps as he likes, anybody else only
 * himself, and with the help of newuidmap(1) and newgidmap(1) the ids set apart for him.
 *
 * @throws HostProblem `user-unmapped`, `tool-missing`, `run-directory-closed`
 */
export function chooseIdMaps(wanted: WantedIdMaps): IdMaps {
  const { users, groups, root, enters, automatic, user } = wanted;
  const [uid, gid] = [process.geteuid?.() ?? 0, process.getegid?.() ?? 0];
  if (uid === 0) return { users, groups, helper: false, setgroups: true };
  if (automatic) return ownIdMaps({ uid, gid }, user);
  const own = (lines: string, id: number) => new RegExp(`^\\d+ ${String(id)} 1$`).test(lines);
  if (own(users, uid) && own(groups, gid))
    return { users, groups, helper: false, setgroups: false };
  if (!hasHelpers())
    throw new HostProblem("tool-missing", {
      tools: helpers.join(" "),
      packages: toolPackages.newuidmap,
    });
  if (enters && root !== uid)
    throw new HostProblem("run-directory-closed", {
      root: String(root),
      directory: runDirectory(),
      user: String(uid),
    });
  return { users, groups, helper: true, setgroups: !own(groups, gid) };
}

interface Ids {
  readonly uid: number;
  readonly gid: number;
}

function ownIdMaps(caller: Ids, { uid, gids }: WantedIdMaps["user"]): IdMaps {
  const wanted = { uid: [uid], gid: gids };
  const kinds = ["uid", "gid"] as const;
  const ranges = hasHelpers() ? kinds.map((kind) => subordinateIds(`/etc/sub${kind}`)) : [];
  const [users, groups] = kinds.map((kind, index) => {
    const range = ranges.every((each) => each !== undefined) ? ranges[index] : undefined;
    const count = range?.count ?? 0;
    const beyond = wanted[kind].find((id) => id > count);
    if (beyond !== undefined)
      throw new HostProblem("user-unmapped", {
        kind,
        id: String(beyond),
        count: String(count + 1),
      });
    const own = `0 ${String(caller[kind])} 1`;
    return range === undefined ? own : `${own}\n1 ${range.first} ${String(range.count)}`;
  }) as [string, string];
  const helper = users.includes("\n");
  return { users, groups, helper, setgroups: helper };
}

const helpers = ["newuidmap", "newgidmap"] as const;

const hasHelpers = () => helpers.every((tool) => findTool(tool) !== undefined);

/** The first range of a user in /etc/subuid or /etc/subgid. Source: subuid(5). */
function subordinateIds(
  file: string,
): { readonly first: string; readonly count: number } | undefined {
  const name = ownName();
  const names = [name, String(process.geteuid?.())];
  const found = readOrEmpty(file)
    .split("\n")
    .map((line) => /^([^:]*):(\d+):([1-9]\d*)$/.exec(line))
    // The helpers know nobody who is not in /etc/passwd.
    .find((fields) => name !== undefined && names.includes(fields?.[1]));
  const [, , first, count] = found ?? [];
  return first === undefined || count === undefined ? undefined : { first, count: Number(count) };
}

function ownName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}

/** Sysctls that keep users, or everybody, from making user namespaces. Source: user_namespaces(7). */
const switches = [
  { file: "/proc/sys/user/max_user_namespaces", key: "user.max_user_namespaces", on: "15000" },
  {
    file: "/proc/sys/kernel/unprivileged_userns_clone",
    key: "kernel.unprivileged_userns_clone",
    on: "1",
  },
] as const;

/** @throws HostProblem `user-namespaces-disabled` */
export function requireUserNamespaces(): void {
  const [everybody, others] = switches;
  const applying = process.geteuid?.() === 0 ? [everybody] : [everybody, others];
  for (const { file, key, on } of applying)
    if (readOrEmpty(file).trim() === "0")
      throw new HostProblem("user-namespaces-disabled", { key, value: on });
}
