import * as z from "zod/mini";
import { issue, later, refined } from "./field.js";
import { destination } from "./mounts.js";

/** `linux.maskedPaths` and `linux.readonlyPaths` of the OCI runtime specification. */
export const restrictedPathsSchema = later(() =>
  refined(z.array(destination), (paths, context) => {
    paths.forEach((value, index) => {
      if (paths.indexOf(value) < index)
        context.addIssue(issue("duplicate-value", { value }, [index]));
    });
  }),
);
