/** Observes golden cases in the virtual machine: `node observe-cases.mjs CASE...` prints their states as an object. */
import { compile, compileStack } from "../../src/index.js";
import { readCaseNamed } from "../golden/cases.js";
import { observedState } from "../golden/generate.js";
import { goldenStacks, observedStackState, readStackCase } from "../golden/stacks.js";
import { repository } from "../host/repository.js";

const stacks = goldenStacks(repository);

async function observeCase(name: string): Promise<string> {
  const stackCase = stacks.find((each) => each.name === name);
  if (stackCase !== undefined) {
    const stack = await readStackCase(stackCase);
    return observedStackState(stack, compileStack(stack));
  }
  const spec = await readCaseNamed(name);
  return observedState(name, spec, compile(spec));
}

const states: Record<string, string> = {};
for (const name of process.argv.slice(2)) {
  states[name] = await observeCase(name);
  console.error(`observed ${name} with cgroup v2`);
}
console.log(JSON.stringify(states));
