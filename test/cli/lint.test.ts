import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { buildCli, type Cli } from "../support/cli.js";
import { scratchDirectory } from "../support/scratch.js";
import { repository } from "../support/template-files.js";
import { commandFile, systemPath } from "../support/tools.js";

let cli: Cli;
beforeAll(async () => {
  cli = await buildCli();
});

const clean = '#!/usr/bin/env bash\n\nmain() {\n  printf \'%s\\n\' "$1"\n}\n\nmain "$@"\n';
const dirty = {
  "unquoted.sh": "#!/usr/bin/env bash\n\nrm -rf $1/x\n",
  "unformatted.sh": "#!/usr/bin/env bash\n\nif true;   then\n      echo yes\nfi\n",
  "broken.sh": "#!/usr/bin/env bash\n\nif true; then\n",
};

let directory: string;
beforeEach(() => {
  directory = scratchDirectory();
  writeFileSync(path.join(directory, "clean.sh"), clean);
  for (const [name, text] of Object.entries(dirty)) writeFileSync(path.join(directory, name), text);
});
const run = (args: string[], env: Record<string, string> = {}) =>
  cli.run(["lint", ...args], { cwd: directory, env });

/** A PATH with just these commands of the machine. */
function pathWith(...commands: string[]): string {
  const bin = path.join(directory, "bin");
  mkdirSync(bin);
  for (const command of commands) symlinkSync(commandFile(command), path.join(bin, command));
  return bin;
}

test.each(["box.ts", "box.json"])("a config is no script: %s", (file) => {
  expect(run(["clean.sh", file])).toMatchObject({
    ...{ status: 1, stdout: "" },
    stderr: expect.stringMatching(`^cooper: error\\[lint-config\\]: ${file} is a config`) as string,
  });
});

test("a clean script is told to be clean, in both languages", () => {
  expect(run(["clean.sh"])).toEqual({ status: 0, stdout: "clean.sh: clean\n", stderr: "" });
  expect(run(["clean.sh", "--lang", "zh"]).stdout).toBe("clean.sh：没有问题\n");
});

test.each([
  ["unquoted.sh", /SC2086/],
  ["unformatted.sh", /^\+if true; then$/m],
  ["broken.sh", /syntax error/],
  ["missing.sh", /missing\.sh/],
])("%s is dirty", (file, finding) => {
  const { status, stdout } = run([file]);
  expect(status).toBe(1);
  expect(stdout).toMatch(finding);
});

test("one dirty script among clean ones makes the status 1, and all are checked", () => {
  const { status, stdout } = run(["unquoted.sh", "clean.sh"]);
  expect(status).toBe(1);
  expect(stdout).toContain("SC2086");
  expect(stdout).toContain("clean.sh: clean");
});

test("a script may not disable a check by a file of its own", () => {
  writeFileSync(path.join(directory, ".shellcheckrc"), "disable=SC2086\n");
  expect(run(["unquoted.sh"]).stdout).toContain("SC2086");
});

test("a file whose name begins with a dash is a file", () => {
  writeFileSync(path.join(directory, "-n.sh"), dirty["unquoted.sh"]);
  expect(run(["--", "-n.sh"])).toMatchObject({
    status: 1,
    stdout: expect.stringContaining("SC2086") as string,
  });
});

describe("a checker that is missing", () => {
  test("shellcheck: says how to install it, and downloads nothing", () => {
    const bin = pathWith("bash", "shfmt");
    const before = readdirSync(path.join(repository, "node_modules/shellcheck/bin"));
    const { status, stdout, stderr } = run(["clean.sh"], { PATH: bin, HOME: directory });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("error[shellcheck-missing]");
    expect(stderr).toContain("apt-get install shellcheck");
    expect(readdirSync(path.join(repository, "node_modules/shellcheck/bin"))).toEqual(before);
    expect(readdirSync(directory)).not.toContain(".cache");
    expect(run(["clean.sh", "--lang", "zh"], { PATH: bin }).stderr).toContain("请安装");
  });

  test("the npm package's own command is not taken for a shellcheck", () => {
    const shim = path.join(repository, "node_modules/.bin");
    const without = `${shim}:${pathWith("bash", "shfmt", "node")}`;
    expect(run(["clean.sh"], { PATH: without }).stderr).toContain("error[shellcheck-missing]");
    expect(run(["clean.sh"], { PATH: `${shim}:${systemPath}` })).toMatchObject({
      status: 0,
      stderr: "",
    });
  });

  test("shfmt: names the package", () => {
    const { status, stderr } = run(["clean.sh"], { PATH: pathWith("bash", "shellcheck") });
    expect(status).toBe(1);
    expect(stderr).toMatch(/error\[lint-missing\].*apt-get install shfmt/);
  });
});

test("a shellcheck that cannot be written to is copied to the cache and not downloaded", () => {
  // The npm package replaces a binary that it cannot write to; without this capability root cannot, either.
  const bin = pathWith("bash", "shfmt");
  copyFileSync(commandFile("shellcheck"), path.join(bin, "shellcheck"));
  chmodSync(path.join(bin, "shellcheck"), 0o555);
  for (let time = 0; time < 2; time += 1) {
    const { status, stdout, stderr } = spawnSync(
      commandFile("setpriv"),
      ["--bounding-set=-dac_override", "--", process.execPath, cli.file, "lint", "unquoted.sh"],
      { cwd: directory, env: { PATH: bin, HOME: directory }, encoding: "utf8" },
    );
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toContain("SC2086");
    expect(readdirSync(path.join(directory, ".cache/cooper"))).toHaveLength(1);
  }
});

test("a file in the PATH that is not executable is passed over", () => {
  const bin = pathWith("bash", "shfmt");
  writeFileSync(path.join(bin, "shellcheck"), "#!/bin/sh\nexit 0\n");
  chmodSync(path.join(bin, "shellcheck"), 0o644);
  expect(run(["unquoted.sh"], { PATH: bin }).stderr).toContain("error[shellcheck-missing]");
});
