import { text } from "../model/param.js";
import { isJoined } from "../model/spec/network-mode.js";
import type { Spec } from "../model/spec/parse.js";
import type { Text, Value } from "../model/value.js";
import { chroot } from "../steps/chroot.js";
import { mountPoints } from "../steps/mount-points.js";
import type { MountFields } from "../steps/mount.js";
import { pivotRoot } from "../steps/pivot-root.js";
import { rootBuild, rootBuildFields } from "../steps/root-build.js";
import { rootMount } from "../steps/root-mount.js";
import { rootReadonly } from "../steps/root-readonly.js";
import type { Step } from "../steps/step.js";
import { directoryOf, hostsFile, resolvConfFile } from "./container-directory.js";
import { filesOf, mountSteps, ownFileMount } from "./mounts.js";
import { cgroupMountSteps } from "./cgroup.js";
import { devicePoint, deviceSteps, hasOwnDevices } from "./devices.js";
import { restrictedPathsSteps } from "./restricted-paths.js";
import { hasOwnHosts } from "./network.js";
import { hasUserNamespace } from "./user-namespace.js";

/** The container's files: its root, what is mounted in there, and the switch to it. Steps of the container. */
export function fileSystemSteps(spec: Spec): Step[] {
  const root = rootDirectory(spec);
  const pivot = spec.root.switch === "pivot_root";
  return [
    ...rootSteps(spec, root),
    ...deviceSteps(spec, root),
    ...mountSteps(spec, root),
    ...ownFiles(spec).map(({ cause, ...file }) => ownFileMount(cause, spec, { root, ...file })),
    ...cgroupMountSteps(spec, root),
    ...restrictedPathsSteps(spec, root),
    ...(spec.root.readonly ? [rootReadonly("root.readonly", { root })] : []),
    pivot ? pivotRoot("root.switch", { root }) : chroot("root.switch", { root }),
  ];
}

/** What is written for this container alone and laid over the root file system's. */
function ownFiles(spec: Spec) {
  const { network, extraHosts } = spec;
  // What the other container of a shared network has not is not here either.
  const optional = isJoined(network.mode);
  const resolver = {
    cause: "network.dns",
    destination: "/etc/resolv.conf",
    source: resolvConfFile(spec),
    optional,
  };
  const hosts = {
    cause: Object.keys(extraHosts).length === 0 ? "hostname" : "extraHosts",
    destination: "/etc/hosts",
    source: hostsFile(spec),
    optional,
  };
  const given = filesOf(spec).map(({ destination, file }) => ({
    ...{ cause: "files", destination, source: file, optional: false },
  }));
  if (optional)
    return [...[resolver, hosts].map((file) => ({ ...file, cause: "network.mode" })), ...given];
  return [
    ...(network.dns.length === 0 ? [] : [resolver]),
    ...(hasOwnHosts(spec) ? [hosts] : []),
    ...given,
  ];
}

/** What is to be mounted on, where the container may not make it itself: a step of the host. */
export function mountPointSteps(spec: Spec): Step[] {
  if (!hasUserNamespace(spec)) return [];
  const points = [
    ...(hasOwnDevices(spec) ? [devicePoint] : []),
    ...fileSystemSteps(spec).flatMap(({ kind, fields }) =>
      kind === "mount" ? [fields as MountFields] : [],
    ),
  ];
  if (points.length === 0 && spec.root.build === undefined) return [];
  return [
    mountPoints("namespaces", {
      root: rootDirectory(spec),
      built: spec.root.build !== undefined,
      points: points
        .filter(({ within }) => within === undefined)
        .map(({ destination, source, target }) => ({ destination, source, target })),
    }),
  ];
}

/** The directory of the root file system: given, or one of the container's own that a file system in memory is mounted on. */
function rootDirectory(spec: Spec): Value<"path"> | Text {
  return spec.root.path ?? text`${directoryOf(spec)}/rootfs`;
}

function rootSteps(spec: Spec, root: Value<"path"> | Text): Step[] {
  const { build, readonly, switch: method } = spec.root;
  const mapped = hasUserNamespace(spec);
  if (build !== undefined)
    return [
      rootBuild(
        "root.build",
        rootBuildFields(root, build.commands, {
          ofUserNamespace: mapped,
          ownDevices: hasOwnDevices(spec),
        }),
      ),
    ];
  if (method === "pivot_root") return [rootMount("root.switch", { root })];
  if (readonly) return [rootMount("root.readonly", { root })];
  return hasOwnDevices(spec) ? [rootMount("privileged", { root })] : [];
}
