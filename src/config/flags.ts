import path from "node:path";
import { CooperError } from "../model/errors.js";
import { isPlainObject } from "../model/expressions.js";
import type { ContainerInput } from "../model/spec/parse.js";
import { valueTypes } from "../model/value-types.js";
import { type Fields, present, withFields } from "./fields.js";
import { type MountFlags, withMountFlags } from "./mount-flags.js";
import { processFields, restrictedPathsFields } from "./process-flags.js";
import { withUserNamespace } from "./user-namespace-flag.js";

/** A container as Docker users type it: the flags of `cooper run` and `cooper compile`. */
export interface ContainerFlags extends MountFlags {
  readonly name?: string;
  readonly hostname?: string;
  /** Directory of the root file system; a relative one is meant from the working directory. */
  readonly rootfs?: string;
  readonly readOnly?: boolean;
  readonly switch?: string;
  readonly privileged?: boolean;
  readonly banner?: boolean;
  /** Number of CPUs, such as `0.5`. */
  readonly cpus?: string;
  /** Bytes, or an amount such as `256m`. */
  readonly memory?: string;
  /** Likewise: memory and swap together. */
  readonly memorySwap?: string;
  /** Number of processes. */
  readonly pidsLimit?: string;
  /** A list such as `0-2,4`. */
  readonly cpusetCpus?: string;
  readonly cpusetMems?: string;
  /** `DEVICE:RATE`, such as `/dev/sda:1mb`, each added to the config's. */
  readonly deviceReadBps?: readonly string[];
  readonly deviceWriteBps?: readonly string[];
  readonly deviceReadIops?: readonly string[];
  readonly deviceWriteIops?: readonly string[];
  /** `NAME=VALUE`, each added to the config's. */
  readonly env?: readonly string[];
  readonly workdir?: string;
  /** `UID` or `UID:GID`. */
  readonly user?: string;
  /** Numbers of supplementary groups, each added to the config's. */
  readonly groupAdd?: readonly string[];
  /** Names such as `NET_ADMIN` or `ALL`, each added to the config's. */
  readonly capAdd?: readonly string[];
  readonly capDrop?: readonly string[];
  /** `no-new-privileges`, with `=false` or `:false` to allow them. */
  readonly securityOpt?: readonly string[];
  /** `TYPE=SOFT` or `TYPE=SOFT:HARD`, each in the place of the config's limit of that type. */
  readonly ulimit?: readonly string[];
  readonly oomScoreAdj?: string;
  readonly network?: string;
  readonly bridge?: string;
  readonly subnet?: string;
  readonly dns?: readonly string[];
  /** `[ADDRESS:]PORT:PORT[/PROTOCOL]`, each added to the config's. */
  readonly publish?: readonly string[];
  /** `NAME:ADDRESS`, each added to the config's. */
  readonly addHost?: readonly string[];
  /** `private` or `host`: whether it has a user namespace of its own. */
  readonly userns?: string;
  /** `INSIDE:HOST` or `INSIDE:HOST:SIZE`; all together take the place of the config's mappings. */
  readonly uidmap?: readonly string[];
  readonly gidmap?: readonly string[];
  /** The command and its arguments. */
  readonly command?: readonly string[];
}

/** The field of the config that a flag sets. */
const fields: Readonly<Record<keyof ContainerFlags, readonly string[]>> = {
  name: ["name"],
  hostname: ["hostname"],
  rootfs: ["root"],
  readOnly: ["root", "readonly"],
  switch: ["root", "switch"],
  privileged: ["privileged"],
  banner: ["banner"],
  cpus: ["resources", "cpu"],
  memory: ["resources", "memory", "limit"],
  memorySwap: ["resources", "memory", "swap"],
  pidsLimit: ["resources", "pids", "limit"],
  cpusetCpus: ["resources", "cpuset", "cpus"],
  cpusetMems: ["resources", "cpuset", "mems"],
  deviceReadBps: ["resources", "blockIO", "throttleReadBpsDevice"],
  deviceWriteBps: ["resources", "blockIO", "throttleWriteBpsDevice"],
  deviceReadIops: ["resources", "blockIO", "throttleReadIOPSDevice"],
  deviceWriteIops: ["resources", "blockIO", "throttleWriteIOPSDevice"],
  env: ["process", "env"],
  workdir: ["process", "cwd"],
  user: ["process", "user"],
  groupAdd: ["process", "user", "additionalGids"],
  capAdd: ["process", "capabilities", "add"],
  capDrop: ["process", "capabilities", "drop"],
  securityOpt: ["process", "noNewPrivileges"],
  ulimit: ["process", "rlimits"],
  oomScoreAdj: ["process", "oomScoreAdj"],
  network: ["network", "mode"],
  bridge: ["network", "bridge"],
  subnet: ["network", "subnet"],
  dns: ["network", "dns"],
  publish: ["network", "publish"],
  addHost: ["extraHosts"],
  userns: ["namespaces"],
  uidmap: ["uidMappings"],
  gidmap: ["gidMappings"],
  volume: ["mounts"],
  tmpfs: ["mounts"],
  mount: ["mounts"],
  command: ["process", "args"],
};

/** Whether a field of the spec was set by a flag, and not where the config says. */
export function isSetByFlag(field: readonly PropertyKey[], flags: ContainerFlags): boolean {
  return given(flags).some((flag) => fields[flag].every((key, index) => field[index] === key));
}

/** Whether there is any flag at all. */
export function hasFlags(flags: ContainerFlags): boolean {
  return given(flags).length > 0;
}

const given = (flags: ContainerFlags) =>
  (Object.keys(fields) as (keyof ContainerFlags)[]).filter((flag) => flags[flag] !== undefined);

/**
 * Lays flags over a config: what a flag says takes the place of the config's field; variables of the
 * environment, capabilities, mounts and the like are added one by one. The result is not validated; see
 * `parseContainer`.
 *
 * @param config what a config file has, not validated; nothing when there are only flags
 * @throws CooperError `environment-assignment`, and codes that end in `-flag`
 */
export function applyFlags(flags: ContainerFlags, config: unknown = {}): ContainerInput {
  // What is no object is for validation to refuse.
  if (!isPlainObject(config)) return config as ContainerInput;
  const { root, process, mounts, resources, network } = config;
  const merged = {
    ...withUserNamespace(flags, config),
    ...present({
      name: flags.name,
      hostname: flags.hostname,
      privileged: flags.privileged,
      banner: flags.banner,
      uidMappings: flags.uidmap?.map(idMapping),
      gidMappings: flags.gidmap?.map(idMapping),
      root: withFields(flags.rootfs === undefined ? root : withoutSource(root), {
        path: flags.rootfs === undefined ? undefined : path.resolve(flags.rootfs),
        readonly: flags.readOnly,
        switch: flags.switch,
      }),
      process: withFields(process, processFields(flags, process)),
      ...restrictedPathsFields(flags),
      mounts: withMountFlags(flags, mounts),
      resources: withFields(resources, resourceFields(flags, resources)),
      network: withFields(network, {
        mode: flags.network,
        bridge: flags.bridge,
        subnet: flags.subnet,
        dns: flags.dns,
        publish:
          flags.publish === undefined ? undefined : [...published(network), ...flags.publish],
      }),
      extraHosts:
        flags.addHost === undefined ? undefined : extraHosts(flags.addHost, config["extraHosts"]),
    }),
  };
  return merged;
}

/** As Podman has it: a first id inside, the one on the host, and how many, which is 1 where it is left out. */
function idMapping(text: string): Fields {
  const match = /^(?<inside>\d{1,10}):(?<host>\d{1,10})(?::(?<size>\d{1,10}))?$/.exec(text)?.groups;
  if (match === undefined) throw CooperError.of("id-map-flag", { text });
  return {
    containerID: Number(match["inside"]),
    hostID: Number(match["host"]),
    size: Number(match["size"] ?? 1),
  };
}

/** A root file system is given or built, and the flag gives one. */
function withoutSource(root: unknown): Fields {
  const sources = ["build", "layers", "overlay"];
  return isPlainObject(root)
    ? Object.fromEntries(Object.entries(root).filter(([key]) => !sources.includes(key)))
    : {};
}

function published(network: unknown): readonly unknown[] {
  const { publish } = isPlainObject(network) ? network : {};
  return Array.isArray(publish) ? publish : [];
}

/** Docker separates name and address by a colon, of late also by "=", as addresses of IPv6 have colons too. */
function extraHosts(hosts: readonly string[], config: unknown): Fields {
  const added = hosts.map((text): [string, string] => {
    const [, name, address] = /^([^:=]+)[:=](.+)$/.exec(text) ?? [];
    if (name === undefined || address === undefined)
      throw CooperError.of("add-host-flag", { text });
    return [name, address];
  });
  return { ...(isPlainObject(config) ? config : {}), ...Object.fromEntries(added) };
}

function resourceFields(flags: ContainerFlags, resources: unknown): Fields {
  const { memory, cpuset, blockIO } = isPlainObject(resources) ? resources : {};
  const throttles = (assignments: readonly string[] | undefined, name: string, whole = false) =>
    assignments && throttled(assignments, { blockIO, name, whole });
  return {
    cpu: flags.cpus === undefined ? undefined : cpuFields(flags.cpus, resources),
    memory: withFields(memory, { limit: flags.memory, swap: flags.memorySwap }),
    pids: flags.pidsLimit === undefined ? undefined : { limit: processCount(flags.pidsLimit) },
    cpuset: withFields(cpuset, { cpus: flags.cpusetCpus, mems: flags.cpusetMems }),
    blockIO: withFields(blockIO, {
      throttleReadBpsDevice: throttles(flags.deviceReadBps, "throttleReadBpsDevice"),
      throttleWriteBpsDevice: throttles(flags.deviceWriteBps, "throttleWriteBpsDevice"),
      throttleReadIOPSDevice: throttles(flags.deviceReadIops, "throttleReadIOPSDevice", true),
      throttleWriteIOPSDevice: throttles(flags.deviceWriteIops, "throttleWriteIOPSDevice", true),
    }),
  };
}

/** Devices and rates, after those of the config: of two rates of one device the last one counts. */
function throttled(
  assignments: readonly string[],
  { blockIO, name, whole }: { blockIO: unknown; name: string; whole: boolean },
): unknown[] {
  const { [name]: configured } = isPlainObject(blockIO) ? blockIO : {};
  const added = assignments.map((text) => {
    const [, path, rate = ""] = /^(\/.*):([^:]+)$/.exec(text) ?? [];
    const number = whole ? valueTypes.integer.parse(rate) : rate;
    if (path === undefined || number === undefined) throw CooperError.of("device-flag", { text });
    return { path, rate: number };
  });
  return [...((configured as unknown[] | undefined) ?? []), ...added];
}

function processCount(text: string): number {
  const count = valueTypes.integer.parse(text);
  if (count === undefined) throw CooperError.of("pids-flag", { text });
  return count;
}

/** `cpus` says the same as a quota, which it replaces; the period stays. */
function cpuFields(text: string, resources: unknown): Fields {
  const cpus = Number(text);
  if (text.trim() === "" || !Number.isFinite(cpus)) throw CooperError.of("cpus-flag", { text });
  const { cpu } = isPlainObject(resources) ? resources : {};
  const { period } = isPlainObject(cpu) ? cpu : {};
  return { cpus, ...(typeof period === "number" ? { period } : {}) };
}
