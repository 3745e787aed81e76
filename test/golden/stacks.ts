/** What belongs into the folder of a golden case that is a stack, beside its stack.ts. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { readDescription } from "../../src/config/index.js";
import { isStack } from "../../src/model/spec/stack.js";
import { programText } from "../../src/executor/program-text.js";
import { compileStack, plan, type Stack } from "../../src/index.js";
import { planJson } from "../../src/plan/json.js";
import type { ObservedState } from "../../src/executor/observe.js";
import { recordedPid } from "../host/containers.js";
import { rootfs, scriptFile } from "../host/script.js";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";
import type { GoldenCase } from "./cases.js";
import type { GoldenFiles } from "./generate.js";
import { defaultName } from "./prepare.js";

/** All cases that are stacks. */
export function goldenStacks(repository: string): GoldenCase[] {
  const golden = path.join(repository, "golden");
  return readdirSync(golden)
    .map((name) => ({ name, directory: path.join(golden, name) }))
    .filter(({ directory }) => existsSync(path.join(directory, "stack.ts")));
}

export async function readStackCase({ directory }: GoldenCase): Promise<Stack> {
  const described = await readDescription(path.join(directory, "stack.ts"));
  if (!isStack(described)) throw new TypeError(`${directory}/stack.ts describes one container`);
  return described;
}

/** The files that follow from the stack alone. */
export function compiledStackFiles(stack: Stack): GoldenFiles {
  const plans = stack.containers.map((spec) => plan(spec));
  return {
    "script.sh": compileStack(stack, { language: "en" }),
    "script.zh.sh": compileStack(stack, { language: "zh" }),
    "syscalls.txt": plans
      .map((each) => `## ${defaultName(each.spec)}\n\n${programText(each)}`)
      .join("\n"),
    "plan.json": `${JSON.stringify({ containers: plans.map((each) => planJson(each)) }, null, 2)}\n`,
  };
}

/** The states of all containers of a stack while all run, by name. */
export async function observeStack(
  host: SimulatedHost,
  stack: Stack,
): Promise<Record<string, ObservedState>> {
  const states: Record<string, ObservedState> = {};
  const names = stack.containers.map(defaultName);
  const pids = [];
  for (const name of names) pids.push(await recordedPid(host, name));
  for (const [index, name] of names.entries()) states[name] = await host.observe(pids[index] ?? 0);
  return states;
}

/** The same as a file, when the script runs them in a simulated host. */
export async function observedStackState(stack: Stack, script: string): Promise<string> {
  return withSimulatedHost(async (host) => {
    await host.writeFile(scriptFile, script, 0o755);
    await host.makeRootfs(rootfs);
    const launcher = host.spawn([scriptFile, "--quiet"]);
    await launcher.until(
      ({ stdout }) =>
        stdout.trimEnd().split("\n").length === stack.containers.length && stdout !== "",
    );
    const states = await observeStack(host, stack);
    launcher.endInput();
    await host.run(["pkill", "-TERM", "-f", scriptFile]);
    await launcher.wait();
    return `${JSON.stringify(states, null, 2)}\n`;
  });
}
