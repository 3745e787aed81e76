import { isJoined } from "../model/spec/network-mode.js";
import type { Spec } from "../model/spec/parse.js";
import { chroot } from "../steps/chroot.js";
import { mountPoints } from "../steps/mount-points.js";
import type { MountFields } from "../steps/mount.js";
import { pivotRoot } from "../steps/pivot-root.js";
import { rootReadonly } from "../steps/root-readonly.js";
import type { Step } from "../steps/step.js";
import { hostsFile, resolvConfFile } from "./container-directory.js";
import { filesOf, mountSteps, ownFileMount } from "./mounts.js";
import { cgroupMountSteps } from "./cgroup.js";
import { devicePoint, deviceSteps, hasOwnDevices } from "./devices.js";
import { rootSteps } from "./root.js";
import { rootDirectory } from "./root-directory.js";
import { restrictedPathsSteps } from "./restricted-paths.js";
import { hasOwnHosts } from "./network.js";
import { hasUserNamespace } from "./user-namespace.js";

/** The container's files: its root, and what is mounted in there. Steps of the container. */
export function fileSystemSteps(spec: Spec): Step[] {
  const root = rootDirectory(spec);
  return [
    ...rootSteps(spec, root),
    ...deviceSteps(spec, root),
    ...mountSteps(spec, root),
    ...ownFiles(spec).map(({ cause, ...file }) => ownFileMount(cause, spec, { root, ...file })),
    ...cgroupMountSteps(spec, root),
    ...restrictedPathsSteps(spec, root),
    ...(spec.root.readonly ? [rootReadonly("root.readonly", { root })] : []),
  ];
}

/** The switch to its root. */
export function rootSwitchSteps(spec: Spec): Step[] {
  const enter = spec.root.switch === "pivot_root" ? pivotRoot : chroot;
  return [enter("root.switch", { root: rootDirectory(spec) })];
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

/** Whether the container needs something that was made for it on the host. */
export const needsOwnFiles = (spec: Spec): boolean =>
  spec.root.path === undefined || ownFiles(spec).length > 0;

/** What is to be mounted on, where the container may not make it itself: a step of the host. */
export function mountPointSteps(spec: Spec): Step[] {
  if (!hasUserNamespace(spec)) return [];
  const points = [
    ...(hasOwnDevices(spec) ? [devicePoint] : []),
    ...fileSystemSteps(spec).flatMap(({ kind, fields }) =>
      kind === "mount" ? [fields as MountFields] : [],
    ),
  ];
  const own = spec.root.path === undefined;
  if (points.length === 0 && !own) return [];
  return [
    mountPoints("namespaces", {
      root: rootDirectory(spec),
      built: own,
      points: points
        .filter(({ within }) => within === undefined)
        .map(({ destination, source, target }) => ({ destination, source, target })),
    }),
  ];
}
