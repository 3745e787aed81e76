import path from "node:path";
import { defaultPath } from "../kernel/program/command.js";
import { text } from "../model/param.js";
import type { Spec } from "../model/spec/parse.js";
import { formatAddress, parseSubnet } from "../model/subnet.js";
import type { Text, Value } from "../model/value.js";
import { address, addressFields } from "../steps/address.js";
import { banner } from "../steps/banner.js";
import { bridge } from "../steps/bridge.js";
import { cgroupJoin } from "../steps/cgroup-join.js";
import { cgroup } from "../steps/cgroup.js";
import { chroot } from "../steps/chroot.js";
import { exec } from "../steps/exec.js";
import { hostname } from "../steps/hostname.js";
import { interfaces } from "../steps/interfaces.js";
import { mount } from "../steps/mount.js";
import { name, nameFields } from "../steps/name.js";
import { nat } from "../steps/nat.js";
import { networkNamespace } from "../steps/network-namespace.js";
import { pivotRoot } from "../steps/pivot-root.js";
import { resolvConf } from "../steps/resolv-conf.js";
import { rootBuild, rootBuildFields } from "../steps/root-build.js";
import { rootMount } from "../steps/root-mount.js";
import { containerDirectory, leaseDirectory, namedAfter } from "../steps/run-directory.js";
import { start } from "../steps/start.js";
import type { Step } from "../steps/step.js";
import { sysctl, sysctlFields } from "../steps/sysctl.js";
import { veth } from "../steps/veth.js";

/** The ordered steps of one container. */
export interface Plan {
  readonly spec: Spec;
  readonly steps: readonly Step[];
}

/**
 * Turns a spec into the steps that build it, in the order in which they happen.
 *
 * @example
 * import { parseContainer, plan } from "cooper";
 *
 * const { steps } = plan(parseContainer({ privileged: true, mounts: [], network: { mode: "host" } }));
 * console.log(steps.map(({ id }) => id).join(" ")); // name start root_build pivot_root exec
 */
export function plan(spec: Spec): Plan {
  const steps = [
    name("name", nameFields(spec.name)),
    ...networkSteps(spec),
    ...cgroupSteps(spec),
    start("namespaces", {
      name: spec.name,
      namespaces: spec.namespaces,
      joinNetwork: spec.namespaces.includes("network"),
      pivot: spec.root.switch === "pivot_root",
    }),
    ...containerSteps(spec),
    ...(spec.banner ? [bannerStep(spec)] : []),
    exec("process", {
      args: spec.process.args,
      env: spec.process.env,
      searchPath: spec.process.env["PATH"] ?? defaultPath,
      cwd: spec.process.cwd,
      user: spec.process.user,
    }),
  ];
  return { spec, steps: withUniqueIds(steps) };
}

/** Ids are made of letters and digits only, so `/a/b` and `/a_b` ask for the same one. */
function withUniqueIds(steps: readonly Step[]): Step[] {
  const taken = new Set<string>();
  return steps.map((step) => {
    let { id } = step;
    for (let number = 2; taken.has(id); number += 1) id = `${step.id}_${String(number)}`;
    taken.add(id);
    return { ...step, id };
  });
}

/** The directory of the root file system: given, or one of the container's own that a file system in memory is mounted on. */
function rootDirectory({ name: owner, root }: Spec): Value<"path"> | Text {
  return root.path ?? text`${containerDirectory(owner)}/rootfs`;
}

function rootSteps({ root: { build, switch: method } }: Spec, root: Value<"path"> | Text): Step[] {
  if (build !== undefined) return [rootBuild("root.build", rootBuildFields(root, build.commands))];
  return method === "pivot_root" ? [rootMount("root.switch", { root })] : [];
}

function networkSteps({ name: owner, network }: Spec): Step[] {
  const { mode, bridge: device, subnet, dns } = network;
  const range = parseSubnet(subnet);
  const resolver =
    dns.length === 0
      ? []
      : [
          resolvConf("network.dns", {
            file: resolvConfFile(owner),
            servers: dns,
            content: dns.map((server) => `nameserver ${server}`).join("\n"),
          }),
        ];
  if (mode === "host") return resolver;
  const namespace = networkNamespace("network.mode", { name: owner });
  if (mode === "none" || range === undefined)
    return [namespace, interfaces("network.mode", { name: owner, bridged: undefined })];
  const gateway = formatAddress(range.gateway);
  return [
    address("network.subnet", addressFields(owner, leaseDirectory(device), subnet, range)),
    sysctl("network.mode", sysctlFields("net.ipv4.ip_forward", "1")),
    bridge("network.bridge", { bridge: device, address: `${gateway}/${String(range.prefix)}` }),
    nat("network.subnet", { subnet, bridge: device }),
    namespace,
    veth("network.bridge", { name: owner, bridge: device, interface: containerInterface }),
    interfaces("network.subnet", {
      name: owner,
      bridged: { interface: containerInterface, prefix: range.prefix, gateway },
    }),
    ...resolver,
  ];
}

/** What the container's end of the veth pair is called. */
const containerInterface = "eth0";

const resolvConfFile = (owner: Value<"name">): Text =>
  text`${containerDirectory(owner)}/resolv.conf`;

function cgroupLimits({ name: owner, resources, cgroup: { version } }: Spec) {
  const quota = resources.cpu?.quota;
  const cpu =
    resources.cpu === undefined || quota === undefined
      ? undefined
      : { quota, period: resources.cpu.period };
  const memory = resources.memory?.limit;
  const controllers = [
    ...(cpu === undefined ? [] : ["cpu"]),
    ...(memory === undefined ? [] : ["memory"]),
  ];
  return { group: namedAfter("container-", owner), version, controllers, cpu, memory };
}

function cgroupSteps(spec: Spec): Step[] {
  const limits = cgroupLimits(spec);
  return limits.controllers.length === 0 ? [] : [cgroup("resources", limits)];
}

function containerSteps(spec: Spec): Step[] {
  const root = rootDirectory(spec);
  const { group, version, controllers } = cgroupLimits(spec);
  const pivot = spec.root.switch === "pivot_root";
  return [
    ...(controllers.length === 0 ? [] : [cgroupJoin("resources", { group, version, controllers })]),
    ...(spec.hostname === undefined ? [] : [hostname("hostname", { hostname: spec.hostname })]),
    ...rootSteps(spec, root),
    ...spec.mounts.map(({ destination, type }, index) =>
      mount(
        "mounts",
        {
          root,
          destination,
          type,
          source: type,
          options: mountOptions[type],
          target: "directory",
          within: coveredBy(spec.mounts.slice(0, index), destination),
        },
        `mount_${destination}`,
      ),
    ),
    ...(spec.network.dns.length === 0
      ? []
      : [
          mount(
            "network.dns",
            {
              root,
              destination: "/etc/resolv.conf",
              type: "bind",
              source: resolvConfFile(spec.name),
              options: "",
              target: "file",
              within: coveredBy(spec.mounts, "/etc/resolv.conf"),
            },
            "mount_/etc/resolv.conf",
          ),
        ]),
    pivot ? pivotRoot("root.switch", { root }) : chroot("root.switch", { root }),
  ];
}

/** The mount that a path lies in, of those made before: the last one covers the others. */
function coveredBy(earlier: Spec["mounts"], destination: string) {
  const place = path.posix.resolve(destination);
  return earlier.findLast((each) => place.startsWith(`${path.posix.resolve(each.destination)}/`));
}

/** The options of the OCI runtime specification's default mounts. */
const mountOptions = {
  proc: "nosuid,nodev,noexec",
  sysfs: "nosuid,nodev,noexec",
  tmpfs: "nosuid,nodev,mode=1777",
} as const;

function bannerStep(spec: Spec): Step {
  const { cpu, memory } = cgroupLimits(spec);
  const range = parseSubnet(spec.network.subnet);
  return banner("banner", {
    name: spec.name,
    hostname: spec.hostname,
    bridged: spec.network.mode === "bridge",
    gateway: range === undefined ? "" : formatAddress(range.gateway),
    cpu,
    memory,
  });
}
