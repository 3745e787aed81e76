import type { Spec } from "../model/spec/parse.js";
import { isMapped } from "../model/spec/id-mappings.js";
import { deviceDirectory, devices, devicesFields, type DevicesFields } from "../steps/devices.js";
import type { MountFields } from "../steps/mount.js";
import type { Step } from "../steps/step.js";
import { coverOfRoot } from "./root-directory.js";
import { hasUserNamespace } from "./user-namespace.js";

/** Whether the container gets a /dev of its own; a config that mounts something there covers it. */
export const hasOwnDevices = ({ privileged }: Spec): boolean => !privileged;

/** Where that is mounted. */
export const devicePoint: Pick<MountFields, "destination" | "source" | "target" | "within"> = {
  destination: deviceDirectory,
  source: "tmpfs",
  target: "directory",
  within: undefined,
};

/** The devices of a container that is not privileged: a step of the container. */
export function deviceSteps(spec: Spec, root: DevicesFields["root"]): Step[] {
  if (!hasOwnDevices(spec)) return [];
  const { namespaces, gidMappings = [] } = spec;
  const mapped = hasUserNamespace(spec);
  return [
    devices(
      "privileged",
      devicesFields({
        root,
        ofUserNamespace: mapped,
        within: coverOfRoot(spec),
        ownQueues: namespaces.includes("ipc"),
        // Without mappings of its own it has the groups of whoever starts it, and that may be a single one.
        hasGroup: (id) => !mapped || isMapped(id, gidMappings),
      }),
    ),
  ];
}
