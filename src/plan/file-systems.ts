import path from "node:path";
import { text } from "../model/param.js";
import type { Spec } from "../model/spec/parse.js";
import type { Text, Value } from "../model/value.js";
import { chroot } from "../steps/chroot.js";
import { mountPoints } from "../steps/mount-points.js";
import { mount, type MountFields } from "../steps/mount.js";
import { pivotRoot } from "../steps/pivot-root.js";
import { rootBuild, rootBuildFields } from "../steps/root-build.js";
import { rootMount } from "../steps/root-mount.js";
import { containerDirectory } from "../steps/run-directory.js";
import type { Step } from "../steps/step.js";
import { hasOwnHosts, hostsFile, resolvConfFile } from "./network.js";
import { hasUserNamespace } from "./user-namespace.js";

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
          ...fileSystem(spec, type),
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

/** What is to be mounted on, where the container may not make it itself: a step of the host. */
export function mountPointSteps(spec: Spec): Step[] {
  if (!hasUserNamespace(spec)) return [];
  const points = fileSystemSteps(spec).flatMap(({ kind, fields }) =>
    kind === "mount" ? [fields as MountFields] : [],
  );
  return [
    mountPoints("namespaces", {
      root: rootDirectory(spec),
      built: spec.root.build !== undefined,
      points: points
        .filter(({ within }) => within === undefined)
        .map(({ destination, target }) => ({ destination, target })),
    }),
  ];
}

/** The directory of the root file system: given, or one of the container's own that a file system in memory is mounted on. */
function rootDirectory({ name: owner, root }: Spec): Value<"path"> | Text {
  return root.path ?? text`${containerDirectory(owner)}/rootfs`;
}

function rootSteps(spec: Spec, root: Value<"path"> | Text): Step[] {
  const { build, switch: method } = spec.root;
  const mapped = hasUserNamespace(spec);
  if (build !== undefined)
    return [rootBuild("root.build", rootBuildFields(root, build.commands, mapped))];
  return method === "pivot_root" ? [rootMount("root.switch", { root })] : [];
}

/** The mount that a path lies in, of those made before: the last one covers the others. */
function coveredBy(earlier: Spec["mounts"], destination: string) {
  const place = path.posix.resolve(destination);
  return earlier.findLast((each) => place.startsWith(`${path.posix.resolve(each.destination)}/`));
}

/**
 * What is mounted where a file system of a type is wanted. Root of a user namespace may mount a proc or sysfs of
 * its own only with a pid or network namespace of its own: otherwise it would be the host's, and that is what is
 * shown.
 */
function fileSystem(spec: Spec, type: Spec["mounts"][number]["type"]) {
  const [needed, place] = { proc: ["pid", "/proc"], sysfs: ["network", "/sys"], tmpfs: [] }[type];
  const shown =
    hasUserNamespace(spec) &&
    needed !== undefined &&
    !spec.namespaces.some((each) => each === needed);
  return shown && place !== undefined
    ? ({ type: "bind", source: place, options: "rbind" } as const)
    : { type, source: type, options: mountOptions[type] };
}

/** The options of the OCI runtime specification's default mounts. */
const mountOptions = {
  proc: "nosuid,nodev,noexec",
  sysfs: "nosuid,nodev,noexec",
  tmpfs: "nosuid,nodev,mode=1777",
} as const;
