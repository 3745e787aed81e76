import { text } from "../model/param.js";
import type { Spec } from "../model/spec/parse.js";
import type { Text, Value } from "../model/value.js";
import { directoryOf } from "./container-directory.js";

/** The directory of the root file system: given, or one of the container's own that a file system is mounted on. */
export function rootDirectory(spec: Spec): Value<"path"> | Text {
  return spec.root.path ?? text`${directoryOf(spec)}/rootfs`;
}

/** The mount that covers all of it before anything else is mounted: merged layers are seen by the container only. */
export const coverOfRoot = ({ root }: Spec): string | undefined =>
  root.layers === undefined ? undefined : "/";
