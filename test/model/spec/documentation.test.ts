import { expect, test } from "vitest";
import * as z from "zod/v4/core";
import { containerSchema } from "../../../src/model/spec/container.js";
import { unwrap } from "../../../src/model/spec/schema-walk.js";
import { chinese } from "../../support/chinese.js";

interface Field {
  readonly path: string;
  readonly meta: z.GlobalMeta | undefined;
}

/** Every field of the schema, found through defaults, lists and transforms. */
function fieldsOf(schema: z.$ZodType, path = ""): Field[] {
  const inner = unwrap(schema);
  if (inner instanceof z.$ZodArray) return fieldsOf(inner._zod.def.element, `${path}[]`);
  if (inner instanceof z.$ZodUnion)
    return inner._zod.def.options.flatMap((each) => fieldsOf(each, path));
  if (!(inner instanceof z.$ZodObject)) return [];
  const shape = inner._zod.def.shape as Record<string, z.$ZodType>;
  return Object.entries(shape).flatMap(([name, field]) => {
    const own = path === "" ? name : `${path}.${name}`;
    return [{ path: own, meta: z.globalRegistry.get(field) }, ...fieldsOf(field, own)];
  });
}

const fields = fieldsOf(containerSchema);

test("the walk finds fields of every kind", () => {
  expect(fields.map(({ path }) => path)).toEqual(
    expect.arrayContaining([
      "name",
      "root.build.commands",
      "process.user.uid",
      "mounts[].destination",
      "mounts[].source",
      "resources.cpu.cpus",
      "resources.memory.limit",
      "cgroup.version",
      "network.dns",
    ]),
  );
});

test.each(fields)("$path is documented in English and Chinese", ({ meta }) => {
  expect(meta?.description).toMatch(/^[A-Za-z"/].*\.$/);
  expect(meta?.description).not.toMatch(chinese);
  expect(meta?.chinese).toMatch(chinese);
  expect(meta?.chinese).toMatch(/。$/);
});
