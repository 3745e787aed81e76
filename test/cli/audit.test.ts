import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { chinese } from "../support/chinese.js";
import { buildCli, type Cli } from "../support/cli.js";
import { isValid, type JsonSchema } from "../support/json-schema.js";
import { scratchDirectory } from "../support/scratch.js";

let cli: Cli;
beforeAll(async () => {
  cli = await buildCli();
});

let directory: string;
const run = (...args: string[]) => cli.run(args, { cwd: directory });
const file = (name: string) => path.join(directory, name);

beforeEach(() => {
  directory = scratchDirectory();
  writeFileSync(file("a.json"), '{ "name": "web", "privileged": true }\n');
  run("compile", "a.json", "-o", "a.sh");
});

const edit = (change: (script: string) => string) =>
  writeFileSync(file("a.sh"), change(readFileSync(file("a.sh"), "utf8")));

describe("verify", () => {
  test("says that a script is as it was generated", () => {
    expect(run("verify", "a.sh")).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^a\.sh: unedited.*[0-9a-f]{64}$/m) as string,
    });
    expect(run("verify", "--lang", "zh", "a.sh").stdout).toMatch(/^a\.sh：未被改动/);
  });

  test("shows every edit, and nothing that would change the terminal", () => {
    edit((script) => script.replace("set -euo pipefail", "set -eu \u001b[2J"));
    const { status, stdout } = run("verify", "a.sh");
    expect(status).toBe(1);
    expect(stdout).toContain("-set -euo pipefail\n+set -eu \\u001b[2J\n");
    expect(stdout).not.toContain("\u001b");
  });

  test("tells what it cannot verify", () => {
    writeFileSync(file("other.sh"), "#!/bin/sh\n");
    expect(run("verify", "other.sh")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("[script-foreign]: other.sh: ") as string,
    });
    expect(run("verify", "none.sh").stderr).toContain("[file-missing]");
  });

  test("tells of each script, whatever the others are", () => {
    writeFileSync(file("other.sh"), "#!/bin/sh\n");
    const { status, stdout, stderr } = run("verify", "none.sh", "a.sh", "other.sh", "a.sh");
    expect(status).toBe(1);
    expect(stdout.match(/^a\.sh: unedited/gm)).toHaveLength(2);
    expect(stderr).toMatch(
      /^cooper: error\[file-missing\].*\ncooper: error\[script-foreign\].*\n$/,
    );
  });
});

test("colours go into a pipe only with FORCE_COLOR, and never with NO_COLOR", () => {
  const check = (env: Readonly<Record<string, string>>) =>
    cli.run(["check", "a.json"], { cwd: directory, env }).stdout;
  const plain = check({});
  expect(plain).not.toContain("\u001b");
  expect(check({ FORCE_COLOR: "1" })).toContain("\u001b[31merror\u001b[0m");
  for (const env of [
    { FORCE_COLOR: "0" },
    { FORCE_COLOR: "" },
    { FORCE_COLOR: "1", NO_COLOR: "1" },
  ])
    expect(check(env)).toBe(plain);
});

describe("decompile", () => {
  test("gives a config that compiles to the same script", () => {
    expect(run("decompile", "a.sh", "-o", "again.ts")).toMatchObject({ status: 0, stderr: "" });
    expect(run("compile", "again.ts").stdout).toBe(readFileSync(file("a.sh"), "utf8"));
  });

  test("warns when the spec is not the one that the header names", () => {
    edit((script) => script.replace('#   "name": "web"', '#   "name": "wab"'));
    const { status, stdout, stderr } = run("decompile", "a.sh");
    expect(status).toBe(0);
    expect(stdout).toContain('name: "wab"');
    expect(stderr).toContain("a.sh");
  });
});

describe("manifest", () => {
  const schema = () => JSON.parse(run("schema", "manifest").stdout) as JsonSchema;

  test("prints JSON as its schema says, the same for a config and its script", () => {
    const { status, stdout } = run("manifest", "--json", "a.json");
    expect(status).toBe(0);
    expect(isValid(schema(), JSON.parse(stdout))).toBe(true);
    expect(run("manifest", "--json", "a.sh").stdout).toBe(stdout);
    expect(isValid(schema(), { ...(JSON.parse(stdout) as object), more: 1 })).toBe(false);
  });

  test("prints tables in both languages", () => {
    const { stdout } = run("manifest", "a.json");
    for (const title of ["Undone when the container ends", "Stays", "Crosses the border"])
      expect(stdout).toContain(title);
    expect(stdout).not.toMatch(chinese);
    const translated = run("manifest", "--lang", "zh", "a.json").stdout;
    expect(translated).toContain("跨越容器与宿主机边界之处");
    for (const line of [...stdout.split("\n"), ...translated.split("\n")])
      expect(line.length).toBeLessThanOrEqual(100);
  });

  test("takes a case, and a stack", () => {
    expect(run("manifest", "05-full").stdout).toContain("container-br0");
    writeFileSync(file("stack.json"), '{ "containers": [{ "name": "one" }, { "name": "two" }] }');
    const { stdout } = run("manifest", "--json", "stack.json");
    const { containers } = JSON.parse(stdout) as { containers: { name: string }[] };
    expect(containers.map(({ name }) => name)).toEqual(["one", "two"]);
  });
});

describe("check", () => {
  const careful = {
    process: { user: { uid: 1000, gid: 1000 } },
    resources: { cpu: { cpus: 1 }, memory: { limit: "64m" }, pids: { limit: 10 } },
  };

  test("tells findings where they are, and fails", () => {
    const { status, stdout } = run("check", "a.json");
    expect(status).toBe(1);
    expect(stdout).toMatch(/^a\.json:1:32: error: privileged: .* \[privileged\]$/m);
    expect(run("check", "--lang", "zh", "a.json").stdout).toMatch(/^a\.json:1:32: 错误: /m);
  });

  test("has nothing against a container that takes care", () => {
    writeFileSync(file("careful.json"), JSON.stringify(careful));
    expect(run("check", "careful.json")).toMatchObject({ status: 0, stdout: "nothing found\n" });
  });

  test("follows a policy", () => {
    writeFileSync(file("careful.json"), JSON.stringify({ ...careful, network: { mode: "host" } }));
    expect(run("check", "careful.json").status).toBe(1);
    writeFileSync(file("policy.json"), '{ "rules": { "host-network": "off" } }');
    expect(run("check", "careful.json", "--policy", "policy.json").status).toBe(0);
    writeFileSync(file("policy.json"), '{ "rules": { "host-netwrk": "off" } }');
    const { status, stderr } = run("check", "careful.json", "--policy", "policy.json");
    expect(status).toBe(1);
    expect(stderr).toMatch(/policy\.json:1:\d+: .*"host-network"/);
    const schema = JSON.parse(run("schema", "policy").stdout) as JsonSchema;
    expect(isValid(schema, { rules: { "host-network": "off" } })).toBe(true);
    expect(isValid(schema, { rules: { "host-network": "maybe" } })).toBe(false);
  });

  test("writes SARIF and JSON", () => {
    expect(run("check", "a.json", "--format", "sarif", "-o", "out.sarif").status).toBe(1);
    const log = JSON.parse(readFileSync(file("out.sarif"), "utf8")) as {
      version: string;
      runs: { results: { locations: object[] }[] }[];
    };
    expect(log.version).toBe("2.1.0");
    expect(log.runs[0]?.results[0]?.locations[0]).toMatchObject({
      physicalLocation: {
        artifactLocation: { uri: "a.json" },
        region: { startLine: 1, startColumn: 32 },
      },
    });
    expect(JSON.parse(run("check", "a.json", "--format", "json").stdout)).toContainEqual(
      expect.objectContaining({ rule: "privileged", severity: "error", line: 1 }),
    );
  });
});
