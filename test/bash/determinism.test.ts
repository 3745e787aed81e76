import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { canonicalJson } from "../../src/model/spec/canonical.js";
import { parseContainer } from "../../src/model/spec/parse.js";
import { type Cli, buildCli } from "../support/cli.js";
import { complete } from "../support/containers.js";
import { scratchDirectory } from "../support/scratch.js";
import { systemPath } from "../support/tools.js";

let cli: Cli;
let script: string;
beforeAll(async () => {
  cli = await buildCli();
  script = cli.run(["compile", config]).stdout;
});

/** Where a process runs must not matter: its time zone, locale, directory, umask, environment and clock. */
const circumstances: [string, Record<string, string>][] = [
  ["another time zone", { TZ: "Asia/Shanghai" }],
  ["a Chinese locale", { LANG: "zh_CN.UTF-8" }],
  ["a Turkish locale", { LC_ALL: "tr_TR.UTF-8" }],
  ["parameters in the environment", { CONTAINER_NAME: "other", MEM_LIMIT: "1g" }],
  ["another home and user", { HOME: "/nonexistent", USER: "nobody" }],
  ["no colour and a narrow terminal", { NO_COLOR: "1", COLUMNS: "20", TERM: "dumb" }],
];

const config = path.join(scratchDirectory(), "complete.json");
writeFileSync(config, canonicalJson(parseContainer(complete())));

test("there is a script to compare with", () => {
  expect(script).toMatch(/^#!\/usr\/bin\/env bash\n[^]*\nmain "\$@"\n$/);
});

test.each(circumstances)("%s gives the same bytes", (_, environment) => {
  expect(cli.run(["compile", config], { env: environment }).stdout).toBe(script);
});

test.each(["000", "022", "077"])("umask %s and another directory give the same bytes", (mask) => {
  const { stdout } = spawnSync(
    "bash",
    [
      "--norc",
      "-c",
      `umask ${mask}; cd / && exec "$@"`,
      "bash",
      process.execPath,
      cli.file,
      "compile",
      config,
    ],
    { env: { PATH: systemPath }, encoding: "utf8" },
  );
  expect(stdout).toBe(script);
});
