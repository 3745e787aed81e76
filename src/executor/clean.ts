import { existsSync, readdirSync, realpathSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import {
  deleteNetworkNamespace,
  networkNamespaceDirectory,
  networkNamespacePath,
} from "../kernel/network-namespace.js";
import type { Language } from "../model/language.js";
import { vethOf } from "../steps/address.js";
import { removeBridge } from "../steps/bridge.js";
import { removeCgroups } from "../steps/cgroup.js";
import { removeNat } from "../steps/nat.js";
import { removePublished } from "../steps/publish.js";
import { removeRouteLocalnet } from "../steps/route-localnet.js";
import { removeNamespaceDirectory } from "../steps/network-namespace.js";
import { aliveLauncher, othersHold, readOrEmpty } from "../steps/records.js";
import {
  existingRunDirectory,
  joinedMark,
  madeDirectory,
  ownMarks,
} from "../steps/run-directory.js";
import { restoreSysctl } from "../steps/sysctl.js";
import { removeVeth } from "../steps/veth.js";
import { runCommand } from "./command.js";
import { readContainerRecords, type ContainerRecord } from "./container-records.js";
import { takeLock } from "./lock.js";
import { Log, type Warning } from "./log.js";
import { takeHooks } from "./recorded-hooks.js";

/** Something that a dead container had left. */
export interface CleanedThing {
  readonly type:
    | "process"
    | "cgroup"
    | "namespace"
    | "address"
    | "record"
    | "rule"
    | "bridge"
    | "veth"
    | "sysctl"
    | "mount";
  /** A path, a name, or a rule. */
  readonly target: string;
}

/** How {@link clean} tells of what goes wrong. */
export interface CleanOptions {
  /** The language of warnings. Default: English. */
  readonly language?: Language;
  /** Called with what goes wrong and does not stop anything, such as a poststop hook that fails. */
  readonly onWarning?: (warning: Warning) => void;
}

/**
 * Removes what dead containers of this user left on this host: those whose launcher was killed before it could take them
 * down, whether that was a program or a script. What a running container uses stays, and so does what was
 * there before Cooper. Then the poststop hooks of the dead containers run.
 *
 * @returns what was removed
 * @throws HostProblem (rejects) `run-directory-unsafe`
 * @throws SystemCallError, CommandFailure or NodeJS.ErrnoException (rejects) when something cannot be removed
 *
 * @example
 * import { clean } from "cooper";
 *
 * for (const { type, target } of await clean()) console.log(type, target);
 */
export async function clean({ language = "en", onWarning }: CleanOptions = {}): Promise<
  CleanedThing[]
> {
  const runDirectory = existingRunDirectory();
  if (runDirectory === undefined) return [];
  const log = new Log(undefined, language, new Map(), onWarning);
  const cleaned: CleanedThing[] = [];
  let ends: readonly (() => Promise<void>)[];
  // Nobody starts or ends a container meanwhile.
  const unlock = await takeLock(runDirectory);
  try {
    const dead = readContainerRecords().filter(({ status }) => status === "dead");
    ends = dead.map((record) => takeHooks(record, log));
    for (const record of dead) cleaned.push(...(await removeOwn(record)));
    cleaned.push(...removeLeases(runDirectory));
    // Last, because it tells what else there is to remove.
    for (const { directory } of dead) {
      rmSync(directory, { recursive: true });
      cleaned.push({ type: "record", target: directory });
    }
    cleaned.push(...(await removeShared()));
    if (removeNamespaceDirectory())
      cleaned.push({ type: "mount", target: networkNamespaceDirectory });
  } finally {
    unlock();
  }
  for (const end of ends) await end();
  return cleaned;
}

/** What belongs to one container alone. */
async function removeOwn({ name, address, directory }: ContainerRecord): Promise<CleanedThing[]> {
  const cleaned: CleanedThing[] = [];
  if (existsSync(path.join(directory, ownMarks.cgroup))) {
    const groups = cgroupsNamed(`container-${name}`);
    await removeCgroups(groups);
    cleaned.push(...groups.map((target) => ({ type: "cgroup" as const, target })));
  }
  // The kernel does so when nobody is in the network namespace any more.
  if (address !== undefined && existsSync(path.join(directory, joinedMark))) {
    await removeVeth(vethOf(address));
    cleaned.push({ type: "veth", target: vethOf(address) });
  }
  const namespace = networkNamespacePath(name);
  if (existsSync(path.join(directory, ownMarks.networkNamespace)) && existsSync(namespace)) {
    // The kernel has killed it with its launcher, unless its command has seen to it that it does not.
    const pid = Number(readOrEmpty(path.join(directory, "pid")));
    if (pid > 0 && inodeOf(`/proc/${pid}/ns/net`) === inodeOf(namespace)) {
      process.kill(pid, "SIGKILL");
      cleaned.push({ type: "process", target: String(pid) });
    }
    deleteNetworkNamespace(name);
    cleaned.push({ type: "namespace", target: namespace });
  }
  return cleaned;
}

const inodeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.ino;

/** The groups of a name, below the only hierarchy of cgroup v2 or those of v1. */
function cgroupsNamed(name: string): string[] {
  const root = "/sys/fs/cgroup";
  const parents = ["", ...readdirSync(root)].map((each) => path.join(root, each));
  const groups = parents
    .map((parent) => path.join(parent, name))
    .filter((each) => existsSync(each));
  // Hierarchies of several controllers may be there under several names.
  return [...new Set(groups.map((each) => realpathSync(each)))];
}

/** Addresses whose container does not run any more. */
function removeLeases(runDirectory: string): CleanedThing[] {
  return filesBelow(`${runDirectory}/networks`)
    .flatMap((network) => filesBelow(network))
    .filter((lease) => {
      if (path.basename(lease) === "last") return false;
      const owner = readOrEmpty(lease).trim();
      return aliveLauncher(`${runDirectory}/containers/${owner}`) === undefined;
    })
    .map((lease) => {
      rmSync(lease);
      return { type: "address", target: path.basename(lease) };
    });
}

/** What containers share, once the last one that did is gone; only what Cooper has made or changed. */
async function removeShared(): Promise<CleanedThing[]> {
  const cleaned: CleanedThing[] = [];
  for (const file of filesBelow(madeDirectory)) {
    const used = path.basename(file);
    if (othersHold("", used)) continue;
    const [kind = ""] = used.split(".");
    cleaned.push(...((await removers[kind]?.(used.slice(kind.length + 1))) ?? []));
  }
  return cleaned;
}

type Remover = (name: string) => Promise<CleanedThing[]> | CleanedThing[];

const removers: Readonly<Record<string, Remover>> = {
  bridge: async (bridge) => {
    await removeBridge(bridge);
    return [{ type: "bridge", target: bridge }];
  },
  sysctl: (key) => {
    restoreSysctl(key);
    return [{ type: "sysctl", target: key }];
  },
  nat: async (bridge) => ruleThings(await removeNat(bridge, runCommand)),
  publish: async (name) => ruleThings(await removePublished(name, runCommand)),
  "route-localnet": async (bridge) => ruleThings(await removeRouteLocalnet(bridge, runCommand)),
};

const ruleThings = (rules: readonly string[]) =>
  rules.map((target) => ({ type: "rule" as const, target }));

function filesBelow(directory: string): string[] {
  try {
    return readdirSync(directory)
      .sort()
      .map((name) => path.join(directory, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
