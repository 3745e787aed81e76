import { existsSync, rmSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { compile } from "../../src/bash/compile.js";
import { bind } from "../../src/executor/bindings.js";
import { divide, param, text } from "../../src/model/param.js";
import { parseContainer } from "../../src/model/spec/parse.js";
import { runBash } from "../support/bash.js";
import { minimal } from "../support/containers.js";
import { pairwiseCases } from "../support/matrix.js";
import { problemsOf } from "../support/problems.js";
import { hostileTexts } from "../support/strings.js";

/** The hostile texts try to make this file. */
const trace = "/tmp/cooper-hacked";
beforeEach(() => {
  rmSync(trace, { force: true });
});

const run = (script: string, args: string[], environment: Record<string, string> = {}) => {
  const { status, stdout, stderr } = runBash(script, args, environment);
  return { status, stdout: stdout.toString(), stderr };
};

test.each(pairwiseCases())("$name is carried out without a change", ({ spec, language }) => {
  const { status, stdout, stderr } = run(compile(spec, { language }), ["--dry-run", "--quiet"]);
  // The welcome text goes to standard error; nothing else has anything to say.
  if (!spec.banner) expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(stdout).toMatch(/\bunshare\b/);
  expect(existsSync(trace)).toBe(false);
  expect(existsSync("/run/cooper/containers/test")).toBe(false);
});

test.each(pairwiseCases())("$name has help and a version", ({ spec, language }) => {
  const script = compile(spec, { language });
  const help = run(script, ["--help"]);
  expect(help).toMatchObject({ status: 0, stderr: "" });
  for (const { name } of spec.parameters)
    expect(help.stdout).toMatch(new RegExp(`^  ${name} `, "m"));
  expect(run(script, ["--version"]).stdout).toMatch(
    /^cooper \d+\.\d+\.\d+, sha256 [0-9a-f]{64}\n$/,
  );
});

test("a reader that has seen enough, such as head(1), is no error", () => {
  const script = compile(parseContainer(minimal));
  const piped = 'exec 3> >(:) && wait "$!" && bash -c "$1" test.sh --dry-run -q >&3; echo "$?"';
  expect(run(piped, [script])).toEqual({ status: 0, stdout: "141\n", stderr: "" });
});

describe("parameters", () => {
  const name = param.name("CONTAINER_NAME", { default: "box" });
  const rootfs = param.path("ROOTFS", { default: "/srv/rootfs" });
  const greeting = param.text("GREETING", { default: "hello" });
  const script = compile(
    parseContainer({
      ...minimal,
      name,
      root: { path: rootfs },
      process: { args: ["/bin/echo", greeting, text`<${greeting}>`], env: { GREETING: greeting } },
    }),
  );
  const dryRun = (args: string[], environment = {}) =>
    run(script, ["--dry-run", "-q", ...args], environment);

  test("are arguments in the order of declaration, else environment variables, else defaults", () => {
    expect(dryRun([]).stdout).toMatch(/GREETING=hello .* -- \/bin\/echo hello \\<hello\\>$/m);
    expect(dryRun([], { GREETING: "hi" }).stdout).toContain("GREETING=hi ");
    expect(dryRun(["other", "/srv/b", "hey"], { GREETING: "hi" }).stdout).toContain(
      "GREETING=hey ",
    );
    expect(dryRun(["other"]).stdout).toContain("/run/cooper/containers/other");
  });

  test("hostile text stays text", () => {
    for (const each of hostileTexts.filter((value) => value !== "")) {
      const { status, stdout, stderr } = dryRun([], { GREETING: each });
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      // What --dry-run prints is bash again: the line that becomes the command is an argument vector.
      const last = stdout.split("\n").find((line) => line.startsWith("exec env ")) ?? "";
      const printed = run(`run() { printf '%s\\0' "$@"; }\nrun ${last}`, []);
      expect(printed.stdout.split("\0").slice(-4, -1)).toEqual(["/bin/echo", each, `<${each}>`]);
    }
    expect(existsSync(trace)).toBe(false);
  });

  test("what is refused cannot change the terminal", () => {
    const { status, stderr } = dryRun([], { CONTAINER_NAME: "\u001b[2J" });
    expect(status).toBe(125);
    expect(stderr).toContain("CONTAINER_NAME is '\ufffd[2J'");
    expect(stderr).not.toContain("\u001b");
  });

  test("a hostile name, path or number is refused and nothing is executed", () => {
    for (const each of hostileTexts.filter((value) => /[^A-Za-z0-9_.-]/.test(value))) {
      expect(dryRun([], { CONTAINER_NAME: each }).status).toBe(125);
      // A path may have any printable character; it is one word all the same.
      const { status } = dryRun([], { ROOTFS: `/srv/${each}` });
      expect(status).toBe(/[\u0000-\u001f\u007f]/.test(each) ? 125 : 0);
    }
    expect(existsSync(trace)).toBe(false);
  });

  test("the command behind -- replaces the container's", () => {
    expect(dryRun(["--", "ls", "-la", "$HOME"]).stdout).toMatch(/ -- ls -la \\\$HOME$/m);
  });

  test.each([
    [["--nope"], "option-unknown"],
    [["--"], "command-empty"],
    [["a", "b", "c", "d"], "arguments-too-many"],
    [["-x/y"], "option-unknown"],
    [["a/b"], "value-type"],
  ])("%j ends with 125 and %s", (args, code) => {
    const { status, stdout, stderr } = dryRun(args);
    expect({ status, stdout }).toEqual({ status: 125, stdout: "" });
    expect(stderr).toContain(`error[${code}]`);
  });
});

describe("a wrong value has the same code as in cooper run", () => {
  const spec = parseContainer({
    ...minimal,
    name: param.name("NAME", { default: "box" }),
    root: { path: param.path("ROOTFS", { default: "/srv/rootfs" }) },
    process: { args: ["true"], cwd: param.path("CWD", { default: "/" }) },
    resources: {
      cpu: { quota: param.integer("QUOTA", { default: 50_000 }) },
      memory: { limit: param.bytes("MEMORY", { default: "64MiB" }) },
      cpuset: { cpus: param.text("CPUS", { default: "0" }) },
    },
    network: { mode: "bridge" },
    hostname: text`h${divide(1, param.integer("DIVISOR", { default: 1 }))}`,
    extraHosts: { db: param.text("ADDRESS", { default: "10.0.0.1" }) },
  });
  const script = compile(spec);

  test.each([
    ["NAME", "a/b", "value-type"],
    ["ROOTFS", "/a\tb", "value-type"],
    ["CWD", "a", "path-absolute"],
    ["QUOTA", "many", "value-type"],
    ["QUOTA", "999", "limit-range"],
    ["MEMORY", "64 MB", "value-type"],
    ["MEMORY", "9".repeat(16), "value-type"],
    ["MEMORY", "1k", "limit-range"],
    ["CPUS", "1-", "number-list"],
    ["CPUS", "2-1", "number-list"],
    ["ADDRESS", "10.0.0.256", "address-invalid"],
    ["DIVISOR", "0", "division-by-zero"],
  ])("%s=%s", (name, value, code) => {
    const { status, stderr } = run(script, ["--dry-run", "-q"], { [name]: value });
    expect({ status, code: /error\[(.*?)\]/.exec(stderr)?.[1] }).toEqual({ status: 125, code });
    const found = problemsOf(() => bind(spec, { [name]: value }));
    expect(found.map((problem) => problem.code)).toEqual([code]);
  });
});

test("a number out of range, or one that cannot be calculated, ends with 125", () => {
  const a = param.integer("DIVIDEND", { default: 50_000 });
  const b = param.integer("DIVISOR", { default: 1 });
  const script = compile(
    parseContainer({ ...minimal, resources: { cpu: { quota: divide(a, b) } } }),
  );
  expect(run(script, ["--dry-run"]).status).toBe(0);
  const small = run(script, ["--dry-run", "5"]);
  expect(small.status).toBe(125);
  expect(small.stderr).toContain("error[limit-range]");
  const zero = run(script, ["--dry-run", "50000", "0"]);
  expect(zero.status).toBe(125);
  expect(zero.stderr).toMatch(
    /^script\.sh: error\[division-by-zero\]: resources\.cpu\.quota .*\n$/,
  );
});
