import { expect, it } from "vitest";
import { SimulatedHost } from "./simulated-host.js";

const host = new SimulatedHost("successor");

it("goes on with the program inside the pid namespace, as the launcher's own child", async () => {
  const { value, stdout } = await host.run("successor");
  const { namespaces, before, after, failures, ...ends } = value as Record<string, unknown>;
  expect(ends).toEqual({ status: { code: 4 }, signal: { signal: 9, signalName: "SIGKILL" } });
  expect(stdout).toMatch(/^pid 2$/m);
  // Its parent is outside.
  expect(stdout).toMatch(/^PPid:\t0$/m);
  expect(stdout).toMatch(/^SigBlk:\t0+$/m);
  expect(new Set(namespaces as string[]).size).toBe(1);
  const failed = (call: string, exitCode: number) => ({ call, errnoName: "ENOENT", exitCode });
  expect(failures).toMatchObject([
    failed('umount2("/not-there", 0)', 125),
    failed('umount2("/not-there", 0)', 125),
    { exitCode: 127, errnoName: "ENOENT" },
  ]);
  expect(after).toEqual(before);
});

it("has no place in a launch that waits", async () => {
  expect((await host.run("waitingSuccessor")).value).toContain("TypeError");
});
