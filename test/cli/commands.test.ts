import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { version } from "../../src/model/version.js";
import { chinese } from "../support/chinese.js";
import { buildCli, type Cli } from "../support/cli.js";
import { scratchDirectory } from "../support/scratch.js";
import { goldenCases } from "../golden/cases.js";
import { repository } from "../support/template-files.js";

let cli: Cli;
beforeAll(async () => {
  cli = await buildCli();
});

let directory: string;
beforeEach(() => {
  directory = scratchDirectory();
  writeFileSync(
    path.join(directory, "a.json"),
    '{"privileged": true, "network": {"mode": "bridge"}}',
  );
});
const run = (...args: string[]) => cli.run(args, { cwd: directory });
const chineseLocale = { LANG: "zh_CN.UTF-8" };

const commands = [
  ...["compile", "plan", "lint", "schema", "init", "rootfs"],
  ...["manifest", "check", "verify", "decompile"],
];

describe("help", () => {
  test("lists every command, in the language of the locale or of --lang", () => {
    const english = run("--help");
    expect(english).toMatchObject({ status: 0, stderr: "" });
    for (const command of commands)
      expect(english.stdout).toMatch(new RegExp(`^  ${command}\\b`, "m"));
    expect(english.stdout).not.toMatch(chinese);
    expect(cli.run(["--help"], { env: chineseLocale }).stdout).toMatch(chinese);
  });

  test.each(commands)("%s --help says what it takes", (command) => {
    const { status, stdout } = run(command, "--help");
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: cooper ${command}`));
    expect(cli.run([command, "--help"], { env: chineseLocale }).stdout).toMatch(chinese);
  });

  test("LC_ALL comes before LANG, and --lang before both", () => {
    const asked = (args: string[], env: Record<string, string>) =>
      chinese.test(cli.run(args, { cwd: directory, env }).stdout);
    expect(asked(["--help"], { LC_ALL: "C", ...chineseLocale })).toBe(false);
    expect(asked(["--help"], { LC_ALL: "zh_TW.UTF-8", LANG: "en_US.UTF-8" })).toBe(true);
    expect(asked(["--help"], { LC_MESSAGES: "zh_CN", LANG: "en_US.UTF-8" })).toBe(true);
    expect(asked(["plan", "a.json", "--lang", "en"], chineseLocale)).toBe(false);
    expect(asked(["plan", "a.json", "--lang=zh"], {})).toBe(true);
  });
});

test("an error cannot change the terminal", () => {
  expect(run("\u001b[2J").stderr).toMatch(/^cooper: error\[command-unknown\]: .*\ufffd\[2J/);
  expect(run("compile", "\u001b[2J.json").stderr).toContain("[file-missing]: \ufffd[2J.json");
});

test("--version prints the version of the package", () => {
  expect(run("--version")).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
});

describe("wrong command lines", () => {
  test.each([
    [["compil", "a.json"], "compil"],
    [["compile", "a.json", "--outptu", "x"], "--outptu"],
    [["compile"], "config"],
    [["compile", "a.json", "b.json"], "argument"],
    [["compile", "a.json", "-o"], "--output"],
    [["compile", "a.json", "--lang", "fr"], "fr"],
    [["lint"], "files"],
    [["rootfs", "make", "x"], "make"],
    [["--nope"], "--nope"],
  ])("%j", (args, named) => {
    const { status, stdout, stderr } = run(...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(named);
    expect(stderr.trim().split("\n").length).toBeLessThan(3);
  });

  test("no command at all shows the help and fails", () => {
    const { status, stderr } = run();
    expect(status).toBe(1);
    expect(stderr).toContain("Usage: cooper");
  });
});

test.each(["09-stack", "9", "05-full"])("compile takes the case %s", (name) => {
  const { status, stdout } = run("compile", name);
  expect(status).toBe(0);
  const folder = name === "9" ? "09-stack" : name;
  expect(stdout).toBe(readFileSync(path.join(repository, `golden/${folder}/script.sh`), "utf8"));
});

describe("plan", () => {
  test("prints a table: phase, step, effect, undo", () => {
    const { status, stdout, stderr } = run("plan", "a.json");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const [header = "", rule = "", ...rows] = stdout.trimEnd().split("\n");
    expect(header.split(/ {2,}/)).toEqual(["Phase", "Step", "Effect on the host", "Undo"]);
    expect(rule).toMatch(/^(─+ {2}){3}─+$/);
    expect(rows.filter((row) => /^\S/.test(row)).map((row) => row.split(/ {2,}/)[0])).toEqual([
      "Claim",
      "Network",
      "Start",
      "Inside",
      "Command",
    ]);
    for (const row of rows) expect(row.length).toBeLessThanOrEqual(120);
  });

  test("takes a case by its name", () => {
    expect(run("plan", "04-network").stdout).toContain("container-br0");
  });

  test("shows the containers of a stack one by one", () => {
    const { status, stdout } = run("plan", "09-stack");
    expect(status).toBe(0);
    expect(stdout.match(/^app-\d$/gm)).toEqual(["app-1", "app-2", "app-3"]);
    expect(run("plan", "09-stack", "--json").stdout).toBe(
      readFileSync(path.join(repository, "golden/09-stack/plan.json"), "utf8"),
    );
  });

  test("speaks Chinese", () => {
    for (const { stdout } of [
      run("plan", "a.json", "--lang", "zh"),
      cli.run(["plan", "a.json"], { cwd: directory, env: chineseLocale }),
    ])
      expect(stdout).toMatch(/^阶段\s+步骤\s+对宿主机的影响\s+撤销$/m);
  });

  test("prints JSON in both languages at once", () => {
    const { status, stdout } = run("plan", "a.json", "--json");
    const { steps } = JSON.parse(stdout) as { steps: { kind: string }[] };
    expect(status).toBe(0);
    expect(steps.at(0)).toMatchObject({
      kind: "name",
      title: { zh: expect.stringMatching(chinese) as string },
    });
    expect(run("plan", "a.json", "--json", "--lang", "zh").stdout).toBe(stdout);
  });

  test("takes --set, and refuses what compile refuses", () => {
    expect(run("plan", "a.json", "--set", "A=1")).toMatchObject({ status: 1, stdout: "" });
    expect(run("plan", "b.json").stderr).toContain("error[file-missing]");
  });
});

test("schema prints the JSON Schema", () => {
  const { status, stdout } = run("schema");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    properties: { privileged: { type: "boolean" } },
  });
});

describe("init", () => {
  test.each(["en", "zh"])("writes a config in %s that compiles", (lang) => {
    const { status, stdout, stderr } = run("init", "new.ts", "--lang", lang);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
    expect(stderr).toContain("new.ts");
    const text = readFileSync(path.join(directory, "new.ts"), "utf8");
    expect(chinese.test(text)).toBe(lang === "zh");
    const compiled = run("compile", "new.ts", "--lang", lang);
    expect(compiled).toMatchObject({ status: 0, stderr: "" });
    expect(compiled.stdout).toContain("${CONTAINER_NAME}");
  });

  test("both languages describe the same container", () => {
    run("init", "en.ts", "--lang", "en");
    run("init", "zh.ts", "--lang", "zh");
    const spec = (file: string) =>
      run("compile", file)
        .stdout.replace(/[^]*\n# \{\n/, "")
        .replace(/"help": .*/g, "");
    expect(spec("zh.ts")).toBe(spec("en.ts"));
  });

  test("never overwrites, and writes container.ts by default", () => {
    expect(run("init").status).toBe(0);
    writeFileSync(path.join(directory, "container.ts"), "mine");
    for (const lang of ["en", "zh"]) {
      const { status, stderr } = run("init", "--lang", lang);
      expect(status).toBe(1);
      expect(stderr).toContain("[init-exists]");
      expect(chinese.test(stderr)).toBe(lang === "zh");
    }
    expect(readFileSync(path.join(directory, "container.ts"), "utf8")).toBe("mine");
  });

  test("- is standard output", () => {
    run("init", "new.ts", "--lang", "en");
    const written = readFileSync(path.join(directory, "new.ts"), "utf8");
    expect(run("init", "-", "--lang", "en")).toEqual({ status: 0, stdout: written, stderr: "" });
  });

  test("a directory that is not there is told", () => {
    expect(run("init", "nowhere/container.ts").stderr).toContain("error[write-failed]");
  });
});

describe("rootfs build", () => {
  test("makes a root file system and says from what", () => {
    const { status, stdout, stderr } = run("rootfs", "build", "root", "--no-cache");
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
    expect(stderr).toMatch(/^root: .*(busybox|commands)/);
    expect(existsSync(path.join(directory, "root/bin/sh"))).toBe(true);
  });

  test("takes commands and paths before the directory, together and one by one", () => {
    const commands = ["--commands", "sh,bash", "--commands", "env"];
    const paths = ["--copy", "/etc/debian_version", "--copy", "/etc/os-release"];
    const { status, stderr } = run("rootfs", "build", "--no-cache", ...commands, ...paths, "root");
    expect(status, stderr).toBe(0);
    const has = (...parts: string[]) => readdirSync(path.join(directory, "root", ...parts));
    expect(has("bin")).toEqual(expect.arrayContaining(["sh", "bash", "env"]));
    expect(has("etc")).toEqual(expect.arrayContaining(["debian_version", "os-release"]));
  });

  test("refuses a directory that exists and a command that does not", () => {
    mkdirSync(path.join(directory, "root"));
    writeFileSync(path.join(directory, "root/mine"), "");
    expect(run("rootfs", "build", "root")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("error[rootfs-exists]") as string,
    });
    const missing = run(
      "rootfs",
      "build",
      "--commands",
      "sh,no-such-command",
      "other",
      "--lang",
      "zh",
    );
    expect(missing.status).toBe(1);
    expect(missing.stderr).toContain("错误[rootfs-no-command]");
    expect(existsSync(path.join(directory, "other"))).toBe(false);
  });
});

describe.each(goldenCases(repository))("golden/$name", ({ directory: golden }) => {
  const config = path.join(golden, "container.ts");

  test("compiles in both languages", () => {
    for (const lang of ["en", "zh"])
      expect(cli.run(["compile", config, "--lang", lang])).toMatchObject({ status: 0, stderr: "" });
  });

  test("has a plan, as a table and as JSON", () => {
    const { stdout } = cli.run(["plan", config, "--json"]);
    const { steps } = JSON.parse(stdout) as { steps: { id: string }[] };
    const table = cli.run(["plan", config]).stdout;
    for (const { id } of steps) expect(table).toContain(`${id}: `);
  });
});

describe("a wrong command line", () => {
  test.each([
    [["completion", "ksh"], "ksh"],
    [["schema", "nope"], "nope"],
    [["diff", "a.json", "--format", "it's"], "it's"],
    [["compile", "--nmae", "x"], "--nmae"],
  ])("%j: the error names what is wrong", (args, wrong) => {
    const { status, stderr } = run(...args);
    expect(status).toBe(1);
    expect(stderr).toContain(` ${wrong}`);
    expect(cli.run(args, { cwd: directory, env: chineseLocale }).stderr).toMatch(chinese);
  });

  test("explain tells which steps there are, and which one may be meant", () => {
    expect(run("explain", "a.json", "vteh").stderr).toMatch(/no step vteh \(steps: name, .*exec\)/);
    expect(run("explain", "a.json", "vet").stderr).toMatch(
      /no step vet; did you mean veth\? \(steps:/,
    );
  });
});

describe("diff", () => {
  test("needs a second container, or flags", () => {
    expect(run("diff", "a.json").stderr).toContain("[diff-one]");
  });

  test("a container is the same as itself", () => {
    const { status, stdout } = run("diff", "a.json", "a.json");
    expect(status).toBe(0);
    expect(stdout).toContain("The two containers are the same.");
  });
});
