import { expect, test } from "vitest";
import { expectNothingLeft } from "../host/left-behind.js";
import { rootfs } from "../host/script.js";
import { withSimulatedHost } from "../host/simulated-host.js";
import { Driver } from "./library.js";

const driver = new Driver("library");

const nothing = { containers: [], namespaces: [] };

/** Runs a case in a simulated host of its own, which is as it was before afterwards. */
const runCase = (name: string, argument?: unknown) =>
  withSimulatedHost(async (host) => {
    await host.makeRootfs(rootfs);
    const before = await host.observeHost();
    const result = await driver.run(host, name, argument);
    await expectNothingLeft(host, before);
    return result;
  });

test('stdio "pipe" gives streams of Node\'s', async () => {
  expect(await runCase("pipes")).toEqual({
    stdout: "<first>\n300000\n",
    stderr: "problem\n",
    status: { code: 4 },
    left: nothing,
  });
});

test('stdio "ignore" gives none, and the command reads and writes nothing', async () => {
  expect(await runCase("ignored")).toEqual({ status: { code: 0 }, streams: [null, null, null] });
});

test("an AbortSignal ends the container, or what there is of it", async () => {
  expect(await runCase("abort")).toEqual({
    refused: "Error: before",
    status: { signal: 9, signalName: "SIGKILL" },
    interrupted: "Error: during",
    steps: 2,
    left: nothing,
  });
});

test("await using ends a container and a command in it", async () => {
  expect(await runCase("disposed")).toEqual({ gone: true, left: nothing, listed: [] });
});

test("what fails tells a code, a step and an exit status, and leaves nothing", async () => {
  expect(await runCase("errors")).toEqual({
    told: [
      ["invalid-value"],
      ["rootfs-missing", "preflight", 125, "kernel", 0],
      ["parameter-unknown"],
      ["command-not-found", "exec", 127, "kernel", 0],
      ["command-not-executable", "exec", 126, "kernel", 0],
      ["cwd-missing", "exec", 125, "kernel", 0],
      ["container-missing"],
      ["stdio-unknown"],
    ],
    second: "name-in-use",
    codes: ["command-empty", "command-not-found"],
    // sleep has no handler for it: the launcher carried it out.
    status: { signal: 15, signalName: "SIGTERM" },
    killed: false,
    after: ["container-gone", "container-gone", "container-gone"],
    left: nothing,
  });
});

test("exec starts commands in the container, as its process 1 is or as asked", async () => {
  expect(await runCase("exec")).toEqual({
    plain: { stdout: "input\n/\n0\n/bin\n", status: { code: 0 } },
    changed: { stdout: "/tmp\n7\n8\nb c\n", status: { code: 0 } },
    signal: { signal: 15, signalName: "SIGTERM" },
    together: { signal: 9, signalName: "SIGKILL" },
    left: nothing,
  });
});

test("stats measure over an interval, or since the start", async () => {
  const { now, since } = (await runCase("stats")) as Record<"now" | "since", { cpu: object }>;
  for (const each of [now, since]) {
    expect(each).toMatchObject({ pids: { used: 1 } });
    // One busy shell, on a machine that does other things as well.
    const { used } = each.cpu as { used: number };
    expect(used).toBeGreaterThan(0.1);
    expect(used).toBeLessThan(1.2);
  }
});

test("twenty containers at once in one process, and then none", async () => {
  const result = (await runCase("many", 20)) as { descriptors: number };
  expect(result).toMatchObject({
    ...{ listed: 20, addresses: 20, left: nothing },
    statuses: ['{"signal":15,"signalName":"SIGTERM"}'],
  });
  expect(result.descriptors).toBeLessThan(40);
});

test("one spec makes several containers, each with its own parameters and command", async () => {
  expect(await runCase("again")).toEqual({
    outputs: [
      "first one sh\n",
      "second two sh\n",
      "second three sh\n",
      "third\n",
      "first one sh\n",
    ],
    frozen: [true, true, true, true],
    left: nothing,
  });
});

test("rules of the firewall that somebody removed are added again for the next container", async () => {
  expect(await runCase("firewallChanges")).toEqual([1, 1, 1, 0, 1, 0]);
});
