import path from "node:path";
import { effectiveOptions, recursiveOptions } from "../model/spec/mount-options.js";
import type { Spec } from "../model/spec/parse.js";
import { coveredBy } from "../steps/mount-point.js";
import { deviceDirectory } from "../steps/devices.js";
import { file, fileFields, type FileFields } from "../steps/file.js";
import { mount, type MountFields } from "../steps/mount.js";
import type { Step } from "../steps/step.js";
import { volume, volumeFields } from "../steps/volume.js";
import { directoryOf } from "./container-directory.js";
import { hasOwnDevices } from "./devices.js";
import { coverOfRoot } from "./root-directory.js";
import { hasUserNamespace } from "./user-namespace.js";

type Root = MountFields["root"];

/** What a container stores outside of its root file system: steps of the host. */
export function storageSteps(spec: Spec): Step[] {
  const volumes = spec.mounts.flatMap((each) =>
    each.type === "volume"
      ? [volume("mounts", volumeFields(each.source), `volume_${each.destination}`)]
      : [],
  );
  return [
    ...volumes,
    ...filesOf(spec).map((each) => file("files", each, `file_${each.destination}`)),
  ];
}

/** The files of a config, where they are written and where they appear. */
export const filesOf = (spec: Spec): FileFields[] =>
  spec.files.map((each, index) => fileFields(directoryOf(spec), index + 1, each));

/** The mounts of a config, in their order: steps of the container. */
export function mountSteps(spec: Spec, root: Root): Step[] {
  const places = placesOf(spec);
  return spec.mounts.map((written, index) => {
    const each = { ...written, options: restricted(spec, written) };
    return mount(
      "mounts",
      {
        root,
        destination: each.destination,
        ...mountFields(spec, each),
        recursiveOptions: recursiveOptions(each.options).join(","),
        optional: false,
        within:
          coveredBy([...coveredFirst(spec), ...places.slice(0, index)], places[index] ?? "") ??
          coverOfRoot(spec),
      },
      `mount_${each.destination}`,
    );
  });
}

/**
 * The options of a mount, after what holds for a container that is not privileged unless they say otherwise: it may
 * change no settings of the kernel's and open no device but those it is given.
 */
function restricted(spec: Spec, { type, options }: Spec["mounts"][number]): string[] {
  if (spec.privileged) return options;
  const written = (name: string) => [name, `r${name}`].some((each) => options.includes(each));
  switch (type) {
    case "sysfs":
      return [shownOf(spec, type) === undefined ? "ro" : "rro", ...options];
    case "bind":
    case "volume":
      return written("dev")
        ? options
        : [options.includes("rbind") ? "rnodev" : "nodev", ...options];
    default:
      return options;
  }
}

const placesOf = ({ mounts }: Spec) =>
  mounts.map(({ destination }) => path.posix.resolve(destination));

/** What is covered before the mounts of the config are made. */
const coveredFirst = (spec: Spec) => (hasOwnDevices(spec) ? [deviceDirectory] : []);

type Mounted = Pick<MountFields, "type" | "source" | "options" | "tree" | "target" | "exposed">;

/** What is mounted, and how. */
function mountFields(spec: Spec, each: Spec["mounts"][number]): Mounted {
  const options = effectiveOptions(each.type, each.options).join(",");
  const made = { options, tree: false, target: "directory", exposed: false } as const;
  switch (each.type) {
    case "bind": {
      const tree = each.options.includes("rbind");
      return { type: "bind", source: each.source, options, tree, target: "unknown", exposed: true };
    }
    case "volume":
      return { ...made, type: "bind", source: volumeFields(each.source).directory };
    default: {
      const shown = shownOf(spec, each.type);
      if (shown === undefined) return { ...made, type: each.type, source: each.type };
      const flags = each.options.filter((option) => !option.includes("="));
      return {
        ...{ ...made, type: "bind", source: shown, tree: true },
        options: effectiveOptions("bind", flags).join(","),
      };
    }
  }
}

/**
 * What is shown of the host where a file system of the kernel's is wanted. Root of a user namespace may mount a
 * proc or sysfs of its own only with a pid or network namespace of its own: otherwise it would be the host's, and
 * that is what is shown.
 */
function shownOf(spec: Spec, type: "proc" | "sysfs" | "tmpfs"): string | undefined {
  const [needed, place] = { proc: ["pid", "/proc"], sysfs: ["network", "/sys"], tmpfs: [] }[type];
  const own = needed === undefined || spec.namespaces.some((each) => each === needed);
  return hasUserNamespace(spec) && !own ? place : undefined;
}

/** A file that was made for the container, laid over a path of it. */
export function ownFileMount(
  cause: string,
  spec: Spec,
  {
    root,
    destination,
    source,
    optional,
  }: Pick<MountFields, "root" | "destination" | "source" | "optional">,
): Step {
  const earlier = [...coveredFirst(spec), ...placesOf(spec)];
  return mount(
    cause,
    {
      ...{ root, destination, source, type: "bind", target: "file" },
      ...{ options: "", recursiveOptions: "", tree: false, exposed: false, optional },
      within: coveredBy(earlier, destination) ?? coverOfRoot(spec),
    },
    `mount_${destination}`,
  );
}
