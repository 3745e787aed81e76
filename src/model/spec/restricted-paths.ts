import * as z from "zod";
import { issue } from "./field.js";
import { destination } from "./mounts.js";

/** `linux.maskedPaths` and `linux.readonlyPaths` of the OCI runtime specification. */
export const restrictedPathsSchema = z.array(destination).superRefine((paths, context) => {
  paths.forEach((value, index) => {
    if (paths.indexOf(value) < index)
      context.addIssue(issue("duplicate-value", { value }, [index]));
  });
});
