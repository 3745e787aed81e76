import type { Spec } from "../model/spec/parse.js";
import { idMappings, idMappingsFields } from "../steps/id-mappings.js";
import { mappedRoot } from "../steps/mapped-root.js";
import type { Step } from "../steps/step.js";

/** Whether root of the container is another user on the host. */
export const hasUserNamespace = ({ namespaces }: Spec): boolean => namespaces.includes("user");

/**
 * What the ids of the container are on the host: steps of the host, while the container waits. `enters` is whether its
 * root needs what was made for it on the host.
 */
export function idMappingSteps(spec: Spec, enters: boolean): Step[] {
  if (!hasUserNamespace(spec)) return [];
  const { uidMappings, gidMappings, process } = spec;
  const automatic = uidMappings === undefined;
  const { uid, gid, additionalGids } = process.user;
  const user = { uid, gids: [gid, ...additionalGids] };
  return [
    idMappings(
      automatic ? "namespaces" : "uidMappings",
      idMappingsFields({ uidMappings, gidMappings, enters: enters && !automatic, automatic, user }),
    ),
  ];
}

/** The container's own part in it. */
export function mappedRootSteps(spec: Spec): Step[] {
  return hasUserNamespace(spec) ? [mappedRoot("namespaces", {})] : [];
}
