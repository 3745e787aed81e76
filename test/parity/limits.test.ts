/** Limits do what they say: shown by what the command inside can and cannot do. */
import { describe, expect, it } from "vitest";
import { param } from "../../src/index.js";
import { testContainer } from "./test-container.js";

describe("pids", () => {
  const limited = testContainer({
    resources: { pids: { limit: param.integer("PIDS_LIMIT", { default: 50 }) } },
  });

  it("fork fails beyond the limit, and not before", async () => {
    const three = "sleep 0.2 | sleep 0.2 | sleep 0.2";
    const { kernel } = await limited
      .withParameters({ PIDS_LIMIT: "4" })
      .withCommand("sh", "-c", `${three}; echo three; ${three} | sleep 0.2; echo four`)
      .expectSameOnBothPaths();
    expect(kernel.state?.cgroup).toMatchObject({ pids: { limit: 4 } });
    expect(kernel).toMatchObject({ stdout: "three\n", status: 2 });
    expect(kernel.stderr).toMatch(/fork/);
  });
});

describe("memory", () => {
  it.each([
    [{ limit: "64MiB" }, { limit: 67_108_864 }],
    [
      { limit: "64MiB", swap: "96MiB" },
      { limit: 67_108_864, swap: 100_663_296 },
    ],
  ])("%j leaves as much swap as it says", async (memory, observed) => {
    const { kernel } = await testContainer({ resources: { memory } }).expectSameOnBothPaths();
    expect(kernel.state?.cgroup?.memory).toEqual(observed);
  });
});

describe("cpuset", () => {
  it("the command runs on the CPUs it was given", async () => {
    const cpus = param.text("CPUS", { default: "0-1" });
    const { kernel } = await testContainer({ resources: { cpuset: { cpus } } })
      .withParameters({ CPUS: "0" })
      .withCommand("grep", "Cpus_allowed_list", "/proc/self/status")
      .expectSameOnBothPaths();
    expect(kernel).toMatchObject({ stdout: "Cpus_allowed_list:\t0\n", status: 0 });
  });

  it.each([{ cpus: "0,4095" }, { mems: "1023" }])(
    "%j is refused where there are not so many",
    async (cpuset) => {
      const { kernel } = await testContainer({ resources: { cpuset } })
        .neverRunning()
        .withCommand("true")
        .expectSameOnBothPaths();
      expect(kernel).toMatchObject({ status: 125, stdout: "" });
      expect(kernel.stderr).toContain("[cpuset-unavailable]");
    },
  );
});
