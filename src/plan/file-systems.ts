import path from "node:path";
import { text } from "../model/param.js";
import type { Spec } from "../model/spec/parse.js";
import type { Text, Value } from "../model/value.js";
import { chroot } from "../steps/chroot.js";
import { mount } from "../steps/mount.js";
import { pivotRoot } from "../steps/pivot-root.js";
import { rootBuild, rootBuildFields } from "../steps/root-build.js";
import { rootMount } from "../steps/root-mount.js";
import { containerDirectory } from "../steps/run-directory.js";
import type { Step } from "../steps/step.js";
import { hasOwnHosts, hostsFile, resolvConfFile } from "./network.js";

/** The container's files: its root, what is mounted in there, and the switch to it. Steps of the container. */
export function fileSystemSteps(spec: Spec): Step[] {
  const root = rootDirectory(spec);
  const pivot = spec.root.switch === "pivot_root";
  return [
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
    ...ownFiles(spec).map(({ cause, destination, source }) =>
      mount(
        cause,
        {
          root,
          destination,
          type: "bind",
          source,
          options: "",
          target: "file",
          within: coveredBy(spec.mounts, destination),
        },
        `mount_${destination}`,
      ),
    ),
    pivot ? pivotRoot("root.switch", { root }) : chroot("root.switch", { root }),
  ];
}

/** What is written for this container alone and laid over the root file system's. */
function ownFiles(spec: Spec) {
  const { name: owner, network, extraHosts } = spec;
  const resolver = {
    cause: "network.dns",
    destination: "/etc/resolv.conf",
    source: resolvConfFile(owner),
  };
  const hosts = {
    cause: Object.keys(extraHosts).length === 0 ? "hostname" : "extraHosts",
    destination: "/etc/hosts",
    source: hostsFile(owner),
  };
  return [...(network.dns.length === 0 ? [] : [resolver]), ...(hasOwnHosts(spec) ? [hosts] : [])];
}

/** The directory of the root file system: given, or one of the container's own that a file system in memory is mounted on. */
function rootDirectory({ name: owner, root }: Spec): Value<"path"> | Text {
  return root.path ?? text`${containerDirectory(owner)}/rootfs`;
}

function rootSteps({ root: { build, switch: method } }: Spec, root: Value<"path"> | Text): Step[] {
  if (build !== undefined) return [rootBuild("root.build", rootBuildFields(root, build.commands))];
  return method === "pivot_root" ? [rootMount("root.switch", { root })] : [];
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
