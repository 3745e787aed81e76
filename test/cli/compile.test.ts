import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { chinese } from "../support/chinese.js";
import { buildCli, type Cli } from "../support/cli.js";
import { scratchDirectory } from "../support/scratch.js";
import { systemPath } from "../support/tools.js";

let cli: Cli;
beforeAll(async () => {
  cli = await buildCli();
});

const json = JSON.stringify({
  parameters: {
    CONTAINER_NAME: { type: "name", default: "box" },
    MEM_LIMIT: { type: "bytes", default: "64m" },
  },
  privileged: true,
  name: { $param: "CONTAINER_NAME" },
  resources: { memory: { limit: { $param: "MEM_LIMIT" } } },
});
const typescript = `import { defineContainer } from "cooper";
export default defineContainer({ privileged: true, name: "box" });
`;

let directory: string;
beforeEach(() => {
  directory = scratchDirectory();
  writeFileSync(path.join(directory, "a.json"), json);
  writeFileSync(path.join(directory, "a.ts"), typescript);
});
const run = (...args: string[]) => cli.run(args, { cwd: directory });

describe("the script", () => {
  test.each(["a.json", "a.ts"])("of %s goes to standard output", (config) => {
    const { status, stdout, stderr } = run("compile", config);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^#!\/usr\/bin\/env bash\n[^]*\nmain "\$@"\n$/);
  });

  test("goes to an executable file, which replaces an old one", () => {
    const output = path.join(directory, "box.sh");
    writeFileSync(output, "old", { mode: 0o600 });
    const { status, stdout, stderr } = run("compile", "a.json", "-o", "box.sh");
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(statSync(output).mode & 0o700).toBe(0o700);
    expect(readFileSync(output, "utf8")).toBe(run("compile", "a.json").stdout);
    expect(readdirSync(directory).sort()).toEqual(["a.json", "a.ts", "box.sh"]);
  });

  test("goes to standard output when that is asked for by its name", () => {
    const { stdout } = run("compile", "a.json", "-o", "-");
    expect(stdout).toBe(run("compile", "a.json").stdout);
    expect(readdirSync(directory)).not.toContain("-");
  });

  test("can lack steps, each named by an option of its own", () => {
    const { status, stdout } = run(
      "compile",
      "--without",
      "mount_proc",
      "--without",
      "mount_sys",
      "a.json",
    );
    expect(status).toBe(0);
    expect(stdout).not.toMatch(/step_mount_(proc|sys)\b/);
    expect(stdout).toContain("step_mount_tmp");
  });

  test("leaves an old file alone when the config is wrong", () => {
    writeFileSync(path.join(directory, "wrong.json"), '{ "nmae": "box" }');
    writeFileSync(path.join(directory, "box.sh"), "old");
    expect(run("compile", "wrong.json", "-o", "box.sh").status).toBe(1);
    expect(readFileSync(path.join(directory, "box.sh"), "utf8")).toBe("old");
  });

  test("that cannot be written to standard output is told of", () => {
    const command = ["-c", 'exec "$@" >/dev/full', "sh", process.execPath, cli.file];
    const { status, stderr } = spawnSync("sh", [...command, "compile", "a.json"], {
      ...{ cwd: directory, env: { PATH: systemPath }, encoding: "utf8" },
    });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr:
        "cooper: error[write-failed]: /dev/stdout cannot be written: no space left on device\n",
    });
  });

  test("is written to a pipe or a device and does not replace it", () => {
    const script = `mkfifo pipe; mknod null c 1 3
cat pipe & "$@" pipe; wait; "$@" null
[[ -p pipe && -c null ]]`;
    const { status, stdout, stderr } = spawnSync(
      "bash",
      ["--norc", "-c", script, "bash", process.execPath, cli.file, "compile", "a.json", "-o"],
      { cwd: directory, env: { PATH: systemPath }, encoding: "utf8" },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toBe(run("compile", "a.json").stdout);
  });

  test("is in the language asked for; messages follow the locale", () => {
    const english = run("compile", "a.json");
    expect(run("compile", "a.json", "--lang", "en").stdout).toBe(english.stdout);
    expect(
      cli.run(["compile", "a.json"], { cwd: directory, env: { LANG: "zh_CN.UTF-8" } }).stdout,
    ).toBe(english.stdout);
    expect(run("compile", "a.json", "--lang", "zh").stdout).toMatch(chinese);
    expect(english.stdout).not.toMatch(chinese);
  });

  test("is not cut short, and a reader that stops early is no error", () => {
    const command = `${process.execPath} ${cli.file} compile a.json`;
    const piped = (script: string) =>
      spawnSync("bash", ["--norc", "-c", `set -o pipefail; ${script}`], {
        cwd: directory,
        env: { PATH: systemPath },
        encoding: "utf8",
      });
    expect(piped(`${command} | head -n 1`)).toMatchObject({
      status: 0,
      stdout: "#!/usr/bin/env bash\n",
      stderr: "",
    });
    expect(piped(`${command} | (sleep 0.3; cat)`).stdout).toBe(run("compile", "a.json").stdout);
    expect(piped(`${command} | true`)).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("--set", () => {
  test("fixes parameters, the last one wins", () => {
    const { stdout } = run("compile", "a.json", "--set", "MEM_LIMIT=1g", "--set", "MEM_LIMIT=8MiB");
    expect(stdout).toContain("write 8388608 ");
    expect(stdout).not.toContain("MEM_LIMIT");
    expect(stdout).toContain("${CONTAINER_NAME}");
  });

  test.each([
    ["MEM_LIMIT", "parameter-assignment"],
    ["=1g", "parameter-assignment"],
    ["MEM_LIMT=1g", "parameter-unknown"],
    ["MEM_LIMIT=much", "value-type"],
    ["MEM_LIMIT=1k", "limit-range"],
    ["CONTAINER_NAME=$(id)", "value-type"],
  ])("%s is refused", (assignment, code) => {
    const { status, stdout, stderr } = run("compile", "a.json", "--set", assignment);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(`error[${code}]`);
    expect(stderr).not.toMatch(/\bat .*\.(js|cjs|ts):/);
  });
});

describe("what cannot be compiled", () => {
  test.each([
    ["missing.json", "file-missing"],
    ["missing.ts", "file-missing"],
    [".", "file-kind"],
    ["a.yaml", "file-kind"],
    ["broken.json", "json-syntax"],
    ["wrong.json", "unknown-field"],
  ])("%s: %s", (config, code) => {
    writeFileSync(path.join(directory, "a.yaml"), "privileged: true\n");
    writeFileSync(path.join(directory, "broken.json"), "{");
    writeFileSync(path.join(directory, "wrong.json"), '{"privileged": true, "nam": "a"}');
    for (const [lang, label] of [
      ["en", "error"],
      ["zh", "错误"],
    ] as const) {
      const { status, stdout, stderr } = run("compile", config, "--lang", lang);
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toContain(`cooper: ${label}[${code}]`);
    }
  });

  test("a config with a mistake is told with its place and the nearest name", () => {
    writeFileSync(
      path.join(directory, "wrong.json"),
      '{\n  "privileged": true,\n  "nam": "a"\n}\n',
    );
    const { stderr } = run("compile", "wrong.json");
    expect(stderr).toContain(
      'wrong.json:3:3: nam: there is no field "nam" here; did you mean "name"?',
    );
    expect(stderr).toContain('\n    "nam": "a"\n    ^^^^^\n');
  });

  test.each(["nowhere/box.sh", "directory"])("output to %s", (output) => {
    mkdirSync(path.join(directory, "directory"));
    const { status, stderr } = run("compile", "a.json", "-o", output);
    expect(status).toBe(1);
    expect(stderr).toContain("error[write-failed]");
    expect(readdirSync(directory).sort()).toEqual(["a.json", "a.ts", "directory"]);
  });
});

test("a JSON config is compiled without the TypeScript compiler, a TypeScript config with it", () => {
  // A command line that has lost the part with the compiler.
  const alone = scratchDirectory();
  for (const file of readdirSync(path.dirname(cli.file)))
    writeFileSync(path.join(alone, file), readFileSync(path.join(path.dirname(cli.file), file)));
  rmSync(path.join(alone, "compiler.cjs"));
  const moved = (config: string) =>
    spawnSync(process.execPath, [path.join(alone, "cli.cjs"), "compile", config], {
      cwd: directory,
      env: { PATH: systemPath },
      encoding: "utf8",
    });
  expect(moved("a.json")).toMatchObject({ status: 0, stderr: "" });
  const { status, stderr } = moved("a.ts");
  expect(status).toBe(70);
  expect(stderr).toContain("compiler.cjs");
  const part = path.join(path.dirname(cli.file), "compiler.cjs");
  writeFileSync(path.join(alone, "compiler.cjs"), readFileSync(part));
  expect(moved("a.ts")).toMatchObject({ status: 0 });
});
