/**
 * Runs bundled test files in the virtual machine: `node run-tests.mjs DIRECTORY PART/PARTS FILE...`, where 1/2 means
 * the first, third, fifth… of the groups of tests. Prints a line for each test, below it what a failed one says, and at the end
 * "N passed, N failed".
 */
import path from "node:path";
import { type File, startTests, type Task, type Test, type VitestRunner } from "@vitest/runner";
import { getFullName, getTests } from "@vitest/runner/utils";
import { patience } from "../support/prepared.js";

const [root = "", share = "", ...names] = process.argv.slice(2);
const [part = 1, parts = 1] = share.split("/").map(Number);
const files = names.map((name) => path.join(root, name));

/** The tests of this part. */
const chosen = new Set<Test>();

const runner: VitestRunner = {
  config: {
    root,
    setupFiles: [],
    name: undefined,
    passWithNoTests: false,
    testNamePattern: undefined,
    allowOnly: false,
    sequence: { seed: 0, hooks: "stack", setupFiles: "list" },
    chaiConfig: { truncateThreshold: 0 },
    maxConcurrency: 1,
    testTimeout: 60_000 * patience,
    hookTimeout: 60_000 * patience,
    retry: 0,
    includeTaskLocation: false,
    diffOptions: { printBasicPrototype: false },
    tags: [],
    tagsFilter: undefined,
    strictTags: false,
  },
  importFile: (file) => import(file),
  onCollected: (collected: readonly File[]) => {
    // What is described together may have something made for it before: it stays together.
    const groups = collected.flatMap(({ tasks }) => tasks);
    groups.forEach((group, index) => {
      if (index % parts === part - 1) getTests(group).forEach((test) => chosen.add(test));
      else group.mode = "skip";
    });
  },
  onAfterRunTask: (test) => {
    if (chosen.has(test)) tell(test);
  },
  onAfterRunSuite: (suite) => {
    // What was to be made for its tests was not, so they did not run.
    if (suite.result?.errors?.length) tell(suite);
  },
};

function tell(task: Task): void {
  const { state, errors = [], duration = 0 } = task.result ?? { state: "skip" as const };
  const sign = state === "pass" ? "ok    " : "FAILED";
  console.log(`${sign} ${getFullName(task, " > ")} (${(duration / 1000).toFixed(1)} s)`);
  for (const { message, diff, stack } of errors)
    console.log(diff === undefined ? (stack ?? message) : `${message}\n${diff}`);
}

const results = await startTests(files, runner);
// A file that could not be loaded has no tests that could tell it.
const broken = results.filter((file) => getTests(file).length === 0);
broken.forEach(tell);
const passed = [...chosen].filter(({ result }) => result?.state === "pass").length;
const failed = chosen.size - passed + broken.length;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
