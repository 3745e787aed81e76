import { describe, expect, test } from "vitest";
import { parseStack, type StackInput } from "../../src/index.js";
import { useCooper } from "../cli-run/cooper.js";
import { compiledStackFiles, goldenStacks, readStackCase } from "../golden/stacks.js";
import { staleFiles } from "../golden/golden.js";
import { expectNothingLeft } from "../host/left-behind.js";
import { repository } from "../host/repository.js";
import { rootfs } from "../host/script.js";
import { withSimulatedHost } from "../host/simulated-host.js";
import { lintScripts } from "../support/lint-scripts.js";
import { prepareStack, stackPaths, type StackPath } from "./stack-paths.js";

useCooper();

const shell = (name: string, command: string) => ({
  name,
  privileged: true,
  root: { path: rootfs },
  process: { args: ["/bin/sh", "-c", command] as [string, ...string[]] },
});

/** Runs a stack to its end; what was written, in any order, and what is left is checked. */
function runToEnd(way: StackPath, input: StackInput) {
  return withSimulatedHost(async (host) => {
    const command = await prepareStack(host, way, parseStack(input));
    const before = await host.observeHost();
    const { exitCode, stdout, stderr } = await host.run(command);
    await expectNothingLeft(host, before);
    return { exitCode, lines: stdout.trimEnd().split("\n").sort(), stderr };
  });
}

describe.each(goldenStacks(repository))("golden case $name", (each) => {
  test("its scripts and its plan are what its stack.ts gives, and clean", async () => {
    const files = compiledStackFiles(await readStackCase(each));
    expect(staleFiles(each, files)).toEqual([]);
    expect(lintScripts({ en: files["script.sh"] ?? "", zh: files["script.zh.sh"] ?? "" })).toBe("");
  });
});

describe.each(stackPaths)("a stack by its %s", (way) => {
  test("waits for all; one that fails leaves the others alone", async () => {
    const { exitCode, lines } = await runToEnd(way, {
      containers: [
        shell("one", "sleep 0.3; echo one"),
        shell("two", "echo two; exit 3"),
        { ...shell("three", "echo never"), process: { args: ["no-such-command"] } },
        shell("four", "sleep 0.2; echo four; exit 4"),
      ],
    });
    expect(exitCode).toBe(3);
    expect(lines).toEqual(["four", "one", "two"]);
  });

  test("has containers that reach each other by name", async () => {
    const { exitCode, lines } = await runToEnd(way, {
      network: { mode: "bridge", bridge: "stack-br0", subnet: "10.200.9.0/24" },
      containers: [
        shell("client", "until nc server 7 2>/dev/null; do sleep 0.1; done"),
        shell("server", "nc -l -p 7 -e echo hello"),
      ],
    });
    expect({ exitCode, lines }).toEqual({ exitCode: 0, lines: ["hello"] });
  });
});

describe("the script", () => {
  const stack = parseStack({ containers: [shell("one", "echo one"), shell("two", "echo two")] });
  const run = (...args: string[]) =>
    withSimulatedHost(async (host) => {
      const [file] = await prepareStack(host, "script", stack);
      return host.run([file, "--quiet", ...args]);
    });

  test("runs one of its containers alone, with another command", () =>
    withSimulatedHost(async (host) => {
      const [file] = await prepareStack(host, "script", stack);
      const { stdout } = await host.run([file, "--only", "2", "--quiet", "--", "echo", "other"]);
      expect(stdout).toBe("other\n");
    }));

  test("refuses a command for all", async () => {
    const { exitCode, stderr } = await run("--", "true");
    expect(exitCode).toBe(125);
    expect(stderr).toContain("error[stack-command]");
  });

  test("prints what it would do, for every container", async () => {
    const { stdout, exitCode } = await run("--dry-run");
    expect(exitCode).toBe(0);
    expect(stdout.match(/'echo one'|'echo two'|echo\\ one|echo\\ two/g)?.length).toBeGreaterThan(1);
  });
});
