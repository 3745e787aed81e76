/** What becomes of a container when a hook fails, and of the hooks when the container does: the same on both paths. */
import { describe, expect, it } from "vitest";
import { rootfs } from "../host/script.js";
import { testContainer } from "./test-container.js";
import { expectBoth, hook, state, statesIn, withHooks } from "./with-hooks.js";

describe("a hook that fails", () => {
  it.each([
    ["createRuntime", "create_runtime"],
    ["createContainer", "create_container"],
  ])("%s: the start fails, everything is undone, and poststop is told", async (list, step) => {
    const outcomes = await withHooks(
      {
        [list]: [
          [hook, "exit 3"],
          [hook, "echo too far"],
        ],
        poststart: [[hook, "echo too far"]],
        poststop: [[hook, "echo the end"]],
      },
      { network: { mode: "bridge" }, resources: { memory: { limit: "64MiB" } } },
    )
      .withCommand("echo", "too far")
      .neverRunning()
      .expectSameOnBothPaths();
    expectBoth(outcomes, {
      status: 125,
      stdout: expect.stringContaining("the end") as string,
      stderr: expect.stringMatching(
        new RegExp(`error\\[hook-failed\\] \\(${step}\\): .*${list}.*it's a=hook.*\\b3\\b`),
      ) as string,
    });
    expect(outcomes.kernel.stdout).not.toContain("too far");
    expect(statesIn(outcomes.kernel.stdout)).toEqual([state("creating"), state("stopped")]);
  });

  it("createRuntime, by a signal", async () => {
    expectBoth(
      await withHooks({ createRuntime: [[hook, "kill -KILL $$"]] })
        .withCommand("true")
        .neverRunning()
        .expectSameOnBothPaths(),
      { status: 125, stderr: expect.stringMatching(/\[hook-failed\].*\b137\b/) as string },
    );
  });

  it.each(["poststart", "poststop"] as const)("%s: that is a warning", async (list) => {
    const outcomes = await withHooks({
      [list]: [
        [hook, "exit 3"],
        [hook, "echo and on"],
      ],
    })
      .withCommand("sh", "-c", "exit 7")
      .neverRunning()
      .expectSameOnBothPaths();
    expectBoth(outcomes, {
      status: 7,
      stdout: expect.stringContaining("and on") as string,
      stderr: expect.stringMatching(
        new RegExp(`warning\\[hook-failed\\] \\(${list}\\): .*${list}.*\\b3\\b`),
      ) as string,
    });
  });

  it("says so in Chinese", async () => {
    const outcomes = await withHooks({ poststop: [[hook, "exit 3"]] })
      .withLanguage("zh")
      .withCommand("true")
      .neverRunning()
      .expectSameOnBothPaths();
    expectBoth(outcomes, {
      stderr: expect.stringMatching(/警告\[hook-failed\].*退出状态 3/) as string,
    });
  });
});

describe("a container that fails", () => {
  it.each([
    ["has no command", 127, "no-such-command", undefined],
    ["cannot be built", 125, "true", `${rootfs}/proc`],
  ])("%s: no poststart, but poststop", async (_, status, command, obstacle) => {
    const container = withHooks({
      poststart: [[hook, "echo too far"]],
      poststop: [[hook, "echo the end"]],
    });
    if (obstacle !== undefined)
      container.onHost(async (host) => {
        await host.must("rmdir", obstacle);
        await host.writeFile(obstacle, "in the way");
      });
    const { kernel } = await container.withCommand(command).neverRunning().expectSameOnBothPaths();
    expect(kernel).toMatchObject({ status });
    expect(statesIn(kernel.stdout)).toEqual([state("stopped")]);
  });

  it("has not come to be: no hook at all", async () => {
    const { kernel } = await withHooks(
      { createRuntime: [[hook, ":"]], poststop: [[hook, ":"]] },
      { network: { mode: "none" } },
    )
      .onHost((host) => host.must("ip", "netns", "add", "container"))
      .withCommand("true")
      .neverRunning()
      .expectSameOnBothPaths();
    expect(kernel).toMatchObject({ status: 125, stdout: "" });
  });
});

describe("before the first change", () => {
  it.each(["createRuntime", "createContainer", "poststart"])("so of %s", async (list) => {
    const outcomes = await testContainer({ hooks: { [list]: [["/no/such"]] } })
      .withCommand("true")
      .neverRunning()
      .expectSameOnBothPaths();
    expectBoth(outcomes, {
      status: 125,
      stderr: expect.stringMatching(
        new RegExp(`error\\[hook-missing\\]:.* ${list} .*/no/such`),
      ) as string,
    });
  });

  it.each([
    ["is missing", "/tmp/hooks/no such"],
    ["is a directory", "/tmp"],
    ["cannot be executed", "/etc/passwd"],
    ["is no binary, and names no interpreter", "/tmp/hooks/text"],
  ])("a program that %s is refused", async (_, path) => {
    const outcomes = await testContainer({ hooks: { poststop: [["/bin/true"], [path]] } })
      .onHost((host) => host.writeFile("/tmp/hooks/text", "exit 0\n", 0o755))
      .withCommand("true")
      .neverRunning()
      .expectSameOnBothPaths();
    expectBoth(outcomes, {
      status: 125,
      stderr: expect.stringMatching(/error\[hook-missing\].*poststop/) as string,
    });
  });
});
