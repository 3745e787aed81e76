import { readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { readContainer } from "../support/read-container.js";
import { CooperError } from "../../src/model/errors.js";
import { writeConfig } from "./write-config.js";

const golden = readFileSync("golden/05-full/container.ts", "utf8");
const config = writeConfig({ "container.ts": golden });

/** Tokens of the golden config and of what people write beside it. */
const tokens = [
  ...(golden.match(/\w+|"[^"]*"|[^\s\w]/g) ?? []),
  ..."=> ... ?. ?? ! ` ${ } ( ) [ ] < > as satisfies const let function return class async await".split(
    " ",
  ),
  ..."import export default from type enum interface this new null undefined 0 -1 1e400 .5".split(
    " ",
  ),
  ..."Array.from Object.fromEntries Math.max String .map .length .at(-1) __proto__ constructor".split(
    " ",
  ),
];

const edit = fc.record({
  at: fc.nat({ max: golden.length }),
  remove: fc.nat({ max: 12 }),
  insert: fc.array(fc.constantFrom(...tokens), { maxLength: 3 }),
});

it("whatever is wrong with a config, it is a problem with a place, never a crash", async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
      const source = edits.reduce(
        (text, { at, remove, insert }) =>
          `${text.slice(0, at)}${insert.join(" ")}${text.slice(at + remove)}`,
        golden,
      );
      writeFileSync(config, source);
      try {
        await readContainer(config);
      } catch (error) {
        if (!(error instanceof CooperError)) throw error;
        for (const { span } of error.problems) expect(span?.file).toBe(config);
        refused += 1;
      }
    }),
    { numRuns: 1_500 },
  );
  expect(refused).toBeGreaterThan(500);
});
