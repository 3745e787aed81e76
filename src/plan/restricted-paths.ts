import { defaultMaskedPaths, defaultReadonlyPaths } from "../model/default-paths.js";
import type { Spec } from "../model/spec/parse.js";
import { maskedPaths, type MaskedPathsFields } from "../steps/masked-paths.js";
import { readonlyPaths } from "../steps/readonly-paths.js";
import type { Step } from "../steps/step.js";

/** What the container does not see, or may not change, of what is mounted in there: steps of the container. */
export function restrictedPathsSteps(spec: Spec, root: MaskedPathsFields["root"]): Step[] {
  const usual = !spec.privileged;
  const masked = spec.maskedPaths ?? (usual ? Object.keys(defaultMaskedPaths) : []);
  const readonly = spec.readonlyPaths ?? (usual ? defaultReadonlyPaths : []);
  const cpus = usual && spec.maskedPaths === undefined;
  return [
    ...(masked.length === 0 ? [] : [maskedPaths("maskedPaths", { root, paths: masked, cpus })]),
    ...(readonly.length === 0 ? [] : [readonlyPaths("readonlyPaths", { root, paths: readonly })]),
  ];
}
