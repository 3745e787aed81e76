/** What belongs into the folder of a golden case that is a stack, beside its stack.ts. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isStack } from "../../src/model/spec/stack.js";
import { programText } from "../../src/executor/program-text.js";
import { compileStack, parseStack, type Stack, type StackInput } from "../../src/index.js";
import { stackPlanJson } from "../../src/plan/json.js";
import { plans } from "../../src/plan/plan.js";
import type { ObservedState } from "../../src/executor/observe.js";
import { recordedPid } from "../host/containers.js";
import { rootfs, scriptFile } from "../host/script.js";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";
import { preparedFile } from "../support/prepared.js";
import { type GoldenCase, preparedSpec } from "./cases.js";
import type { GoldenFiles } from "./generate.js";
import { defaultName } from "./prepare.js";

/** All cases that are stacks. */
export function goldenStacks(repository: string): GoldenCase[] {
  const golden = path.join(repository, "golden");
  return readdirSync(golden)
    .map((name) => ({ name, directory: path.join(golden, name) }))
    .filter(({ directory }) => existsSync(path.join(directory, "stack.ts")));
}

export async function readStackCase({ name, directory }: GoldenCase): Promise<Stack> {
  const prepared = preparedFile(preparedSpec(name));
  if (prepared !== undefined)
    return parseStack(JSON.parse(readFileSync(prepared, "utf8")) as StackInput);
  const { readDescription } = await import("../../src/config/index.js");
  const described = await readDescription(path.join(directory, "stack.ts"));
  if (!isStack(described)) throw new TypeError(`${directory}/stack.ts describes one container`);
  return described;
}

/** The files that follow from the stack alone. */
export function compiledStackFiles(stack: Stack): GoldenFiles {
  const planned = plans(stack.containers);
  return {
    "script.sh": compileStack(stack, { language: "en" }),
    "script.zh.sh": compileStack(stack, { language: "zh" }),
    "syscalls.txt": planned
      .map((each) => `## ${defaultName(each.spec)}\n\n${programText(each)}`)
      .join("\n"),
    "plan.json": `${JSON.stringify(stackPlanJson(planned), null, 2)}\n`,
  };
}

/**
 * The states of all containers of a stack while all run, by name. Each is held as soon as its shell has become the
 * command that it is about: on a slow host the first would end before the last has started.
 */
export async function observeStack(
  host: SimulatedHost,
  stack: Stack,
): Promise<Record<string, ObservedState>> {
  const pids: [name: string, pid: number][] = [];
  for (const name of stack.containers.map(defaultName)) {
    const pid = await recordedPid(host, name);
    await runsCommand(host, pid);
    await host.must("kill", "-s", "STOP", String(pid));
    pids.push([name, pid]);
  }
  const states: Record<string, ObservedState> = {};
  for (const [name, pid] of pids) states[name] = await host.observe(pid);
  return states;
}

/**
 * Waits until a process runs something of its root file system that is no shell: before, it is what starts it, the
 * script's own bash and programs of the host.
 */
async function runsCommand(host: SimulatedHost, pid: number): Promise<void> {
  const { dev } = await stat(host.path(rootfs));
  const process = `/proc/${pid}`;
  while (
    (await stat(host.path(`${process}/exe`))).dev !== dev ||
    /^(\S*\/)?sh\0/.test(await host.readFile(`${process}/cmdline`))
  )
    await sleep(5);
}

/** The same as a file, when the script runs them in a simulated host. */
export async function observedStackState(stack: Stack, script: string): Promise<string> {
  return withSimulatedHost(async (host) => {
    await host.writeFile(scriptFile, script, 0o755);
    await host.makeRootfs(rootfs);
    const launcher = host.spawn([scriptFile, "--quiet"]);
    const states = await observeStack(host, stack);
    launcher.endInput();
    await host.run(["pkill", "-TERM", "-f", scriptFile]);
    await launcher.wait();
    return `${JSON.stringify(states, null, 2)}\n`;
  });
}
