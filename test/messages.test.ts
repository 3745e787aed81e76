import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { en as scripts } from "../src/bash/messages/en.js";
import { en as commandLine } from "../src/cli/messages/en.js";
import { en as doctor } from "../src/executor/doctor/messages/en.js";
import { en as executor } from "../src/executor/messages/en.js";
import { en as model } from "../src/model/messages/en.js";
import { repository } from "./support/template-files.js";

/** What the files below some folders contain, without the messages themselves. */
const sourceOf = (folders: readonly string[]): string =>
  folders
    .flatMap((folder) =>
      readdirSync(path.join(repository, folder), { recursive: true, encoding: "utf8" })
        .filter((file) => /\.(c?ts|hbs)$/.test(file) && !/(^|\/)messages\//.test(file))
        .map((file) => readFileSync(path.join(repository, folder, file), "utf8")),
    )
    .join("\n");

/** Those made from each value of a type, of which the compiler demands that all are there. */
const family = /^(risk|severity|status|thing)-/;

test.each([
  ["scripts", scripts, ["templates", "src/bash"]],
  ["the command line", commandLine, ["src/cli", "src/rootfs"]],
  ["the executor", executor, ["src/executor", "src/steps"]],
  ["the doctor", doctor, ["src/executor/doctor"]],
  ["the model", model, ["src/model", "src/config", "src/plan", "src/audit", "src/cli"]],
])("every message of %s is said somewhere", (_, messages, folders) => {
  const source = sourceOf(folders);
  expect(
    Object.keys(messages).filter((key) => !family.test(key) && !source.includes(`"${key}"`)),
  ).toEqual([]);
});
