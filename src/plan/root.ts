import { text } from "../model/param.js";
import { rootHostID } from "../model/spec/id-mappings.js";
import type { Spec } from "../model/spec/parse.js";
import type { Text, Value } from "../model/value.js";
import { overlay, overlayFields } from "../steps/overlay.js";
import { rootBuild, rootBuildFields } from "../steps/root-build.js";
import { rootMount } from "../steps/root-mount.js";
import type { Step } from "../steps/step.js";
import { writableLayer, writableLayerFields } from "../steps/writable-layer.js";
import { hasOwnDevices } from "./devices.js";
import { hasUserNamespace } from "./user-namespace.js";

/** How the root file system comes to be, or becomes a mount: steps of the container. */
export function rootSteps(spec: Spec, root: Value<"path"> | Text): Step[] {
  const { build, layers, overlay: kept, readonly, switch: method } = spec.root;
  const ofUserNamespace = hasUserNamespace(spec);
  if (layers !== undefined)
    return [
      overlay("root.layers", overlayFields({ root, layers, kept: kept?.path, ofUserNamespace })),
    ];
  if (build !== undefined) {
    const ownDevices = hasOwnDevices(spec);
    const fields = rootBuildFields(root, build.commands, { ofUserNamespace, ownDevices });
    return [rootBuild("root.build", fields)];
  }
  if (method === "pivot_root") return [rootMount("root.switch", { root })];
  if (readonly) return [rootMount("root.readonly", { root })];
  return hasOwnDevices(spec) ? [rootMount("privileged", { root })] : [];
}

/** Where what the container writes over its layers is kept: steps of the host. */
export function writableLayerSteps(spec: Spec): Step[] {
  const { overlay: kept } = spec.root;
  if (kept === undefined) return [];
  const owner = hasUserNamespace(spec)
    ? text`${rootHostID(spec.uidMappings)}:${rootHostID(spec.gidMappings)}`
    : undefined;
  return [writableLayer("root.overlay", writableLayerFields({ path: kept.path, owner }))];
}
