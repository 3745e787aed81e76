import { readFileSync } from "node:fs";
import path from "node:path";
import type { RunConfig } from "./image/descriptions.js";
import { resolveInRoot } from "./resolve-in-root.js";
import { RootfsError } from "./rootfs-error.js";

/** A config of Cooper's, as far as a root file system decides it. */
export interface ContainerConfig {
  readonly root: { readonly path: string };
  readonly process: {
    readonly args: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    readonly cwd?: string;
    readonly user?: { readonly uid: number; readonly gid: number };
  };
}

/** What Docker gives a container whose image sets none. */
const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Names that other variables can be told from; a container of Cooper's has no others. */
const variable = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s;

/**
 * The config that runs a root file system as its image says: ENTRYPOINT and CMD, ENV, WORKDIR and USER.
 * @throws RootfsError when the image names a user that its own /etc/passwd does not have
 */
export function containerConfig(directory: string, run: RunConfig = {}): ContainerConfig {
  const root = path.resolve(directory);
  const args = [...(run.Entrypoint ?? []), ...(run.Cmd ?? [])];
  const variables = (run.Env ?? []).flatMap((each) => {
    const [, name, value] = variable.exec(each) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  return {
    root: { path: root },
    process: {
      args: args.length === 0 ? ["/bin/sh"] : args,
      env: { PATH: defaultPath, ...Object.fromEntries(variables) },
      ...(run.WorkingDir ? { cwd: path.posix.join("/", run.WorkingDir) } : {}),
      ...(run.User ? { user: userOf(root, run.User) } : {}),
    },
  };
}

/** A user and a group by numbers or by the names that the root file system has for them. */
function userOf(root: string, text: string): { uid: number; gid: number } {
  const [user = "", group] = text.split(":");
  const [, , uid = user, gid = "0"] = accountOf(root, "etc/passwd", user, text) ?? [];
  const [, , chosen = group ?? gid] =
    group === undefined ? [] : (accountOf(root, "etc/group", group, text) ?? []);
  return { uid: Number(uid), gid: Number(chosen) };
}

/** The fields of a line, by its name or its number; a number needs no line, a name does. */
function accountOf(root: string, file: string, key: string, user: string): string[] | undefined {
  const isNumber = /^\d+$/.test(key);
  const found = linesOf(root, file).find(([name, , id]) => (isNumber ? id : name) === key);
  if (found === undefined && !isNumber) throw new RootfsError("rootfs-user", { user, file });
  return found;
}

function linesOf(root: string, file: string): string[][] {
  try {
    return readFileSync(resolveInRoot(root, file), "utf8")
      .split("\n")
      .map((line) => line.split(":"));
  } catch {
    return [];
  }
}
