import { describe, expect, it } from "vitest";
import { useCooper } from "../cli-run/cooper.js";
import { goldenState } from "../golden/cases.js";
import { goldenStacks, observeStack, readStackCase } from "../golden/stacks.js";
import { repository } from "../host/repository.js";
import { withSimulatedHost } from "../host/simulated-host.js";
import { prepareStack, stackPaths } from "./stack-paths.js";

useCooper();

describe.each(goldenStacks(repository))("golden case $name", (each) => {
  it.each(stackPaths)("is the containers of state.json by its %s", async (way) => {
    const stack = await readStackCase(each);
    await withSimulatedHost(async (host) => {
      const command = await prepareStack(host, way, stack);
      const launcher = host.spawn(command);
      const states = await observeStack(host, stack);
      expect(`${JSON.stringify(states, null, 2)}\n`).toBe(goldenState(each));
      await host.must("pkill", "-TERM", "-o", "-f", command.slice(0, 2).join(" "));
      expect((await launcher.wait()).exitCode).toBe(143);
    });
  });
});
