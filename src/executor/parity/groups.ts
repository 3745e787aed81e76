import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { limitControllers, unifiedName } from "../../steps/cgroup.js";
import { readOrEmpty } from "../../steps/records.js";
import { readMounts } from "../observe/mount-table.js";

/** Control groups of this machine that a simulated host takes for the roots of its hierarchies. */
export interface ParentGroups {
  /** A process that writes 0 to each of these is in them. */
  readonly entrances: readonly string[];
  /** Of cgroup v2, where a group with limited children holds no processes itself: the child for the host's. */
  readonly leaf: string;
  /** Removes them, with what is left below. */
  readonly remove: () => Promise<void>;
}

/** Makes a group of this name in every hierarchy that containers are limited by. */
export function makeParentGroups(name: string): ParentGroups {
  const mounts = readMounts("self");
  const visible = mounts
    .filter(({ target }, index) => mounts.findLastIndex((each) => each.target === target) === index)
    // A hierarchy may be mounted in several places.
    .filter(({ device }, index, all) => all.findIndex((each) => each.device === device) === index);
  const split = visible.filter(
    ({ type, superOptions }) =>
      type === "cgroup" && limitControllers.some((each) => superOptions.includes(each)),
  );
  const unified = visible.find(({ type }) => type === "cgroup2");
  const roots = split.length > 0 || unified === undefined ? split : [unified];
  const directories = roots.map(({ target }) => path.join(target, name));
  for (const directory of directories) {
    mkdirSync(directory);
    furnish(directory);
  }
  const leaf =
    split.length > 0 || unified === undefined ? "" : path.join(unified.target, name, "host");
  if (unified !== undefined && leaf !== "") {
    handOn(unified.target);
    mkdirSync(leaf);
  }
  return {
    entrances: directories.map((directory) => `${directory}/cgroup.procs`),
    leaf: leaf === "" ? "" : `${leaf}/cgroup.procs`,
    remove: () => removeGroups(directories),
  };
}

/** In cgroup v1 a new group has no CPUs and no memory nodes, and nobody can join it before it has. */
function furnish(directory: string): void {
  for (const name of ["cpuset.cpus", "cpuset.mems"]) {
    const file = path.join(directory, name);
    const whole = readOrEmpty(path.join(path.dirname(directory), name)).trim();
    if (existsSync(file) && whole !== "") writeFileSync(file, whole);
  }
}

/** In cgroup v2 a group has only the controllers that its parent hands on. */
function handOn(root: string): void {
  const available = readFileSync(`${root}/cgroup.controllers`, "utf8").trim().split(" ");
  const wanted: readonly string[] = limitControllers.map(unifiedName);
  for (const controller of wanted.filter((each) => available.includes(each)))
    writeFileSync(`${root}/cgroup.subtree_control`, `+${controller}`);
}

async function removeGroups(directories: readonly string[]): Promise<void> {
  // The kernel needs a moment to take dead processes out of a group.
  for (let attempt = 0; ; attempt += 1)
    try {
      directories.forEach(removeGroup);
      return;
    } catch (error) {
      if (attempt === 250 || (error as NodeJS.ErrnoException).code !== "EBUSY") throw error;
      await setTimeout(20);
    }
}

function removeGroup(directory: string): void {
  if (!existsSync(directory)) return;
  for (const entry of readdirSync(directory, { withFileTypes: true }))
    if (entry.isDirectory()) removeGroup(path.join(directory, entry.name));
  rmdirSync(directory);
}
