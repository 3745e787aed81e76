import path from "node:path";
import * as z from "zod";
import { documented, issue } from "./field.js";
import { isAbsolute } from "./forms.js";
import { valueTypes } from "../value-types.js";

const destination = z.string().superRefine((value, context) => {
  const valid = isAbsolute(value) && valueTypes.path.parse(value) !== undefined;
  // The root itself is no place inside it.
  if (!valid || path.posix.resolve(value) === "/")
    context.addIssue(issue("path-absolute", { value }));
});

/** `mounts` of the OCI runtime specification. */
const mount = z.strictObject({
  destination: documented(destination, {
    en: "Where the mount appears inside the container.",
    zh: "挂载点在容器内的路径。",
  }),
  type: documented(z.enum(["proc", "sysfs", "tmpfs"]), {
    en: "The kind of file system.",
    zh: "文件系统类型。",
  }),
});

export const mountsSchema = z
  .array(mount)
  .default([
    { destination: "/proc", type: "proc" },
    { destination: "/sys", type: "sysfs" },
    { destination: "/tmp", type: "tmpfs" },
  ])
  .superRefine((mounts, context) => {
    const seen = new Set<string>();
    for (const [index, { destination: value }] of mounts.entries()) {
      const place = path.posix.resolve(value);
      if (seen.has(place)) context.addIssue(issue("duplicate-value", { value }, [index]));
      seen.add(place);
    }
  });
