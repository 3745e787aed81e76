import fc from "fast-check";
import { expect, test } from "vitest";
import { Renderer } from "../../src/bash/templates.js";
import { records, runBash } from "../support/bash.js";
import { shellText } from "../support/strings.js";

test("json_text writes any text so that JSON reads it back", () => {
  const texts = fc.sample(shellText, 400);
  const script = [
    "set -euo pipefail",
    new Renderer("en").render("lib/json_text.sh", {}),
    'for each in "$@"; do',
    '  json_text "${each}"',
    "  printf '%s\\0' \"${REPLY}\"",
    "done",
  ].join("\n");
  const all = [...texts, "&\\&\\\\\"'", "\u0001\t\n\u001f"];
  expect(records(runBash(script, all)).map((each) => JSON.parse(each) as unknown)).toEqual(all);
});
