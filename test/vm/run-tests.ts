/**
 * Runs bundled tests in the virtual machine: `node run-tests.mjs DIRECTORY PART/PARTS [TEXT]`: those of the
 * selection whose name has the text. 1/2 means the first, third, fifth… of their groups. Prints a line for each test, below it what a failed one says, and at
 * the end "N passed, N failed".
 */
import path from "node:path";
import { type File, startTests, type Task, type Test, type VitestRunner } from "@vitest/runner";
import { getFullName, getTests } from "@vitest/runner/utils";
import { patience } from "../support/prepared.js";
import { selection } from "./selection.js";

const [root = "", share = "", text = ""] = process.argv.slice(2);
const [part = 1, parts = 1] = share.split("/").map(Number);
const files = selection.map(({ file }) => path.join(root, file.replace(/\.ts$/, ".mjs")));

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
    for (const [index, file] of collected.entries()) select(getTests(file), index);
    // What is described together may have something made for it before: it stays together.
    const groups = collected.flatMap(({ tasks }) => tasks);
    const wanted = groups.filter((group) => getTests(group).some((test) => chosen.has(test)));
    const others = new Set(wanted.filter((_, index) => index % parts !== part - 1));
    for (const group of groups)
      for (const test of getTests(group)) {
        if (others.has(group)) chosen.delete(test);
        if (!chosen.has(test)) test.mode = "skip";
      }
    for (const group of groups)
      if (!getTests(group).some((test) => chosen.has(test))) group.mode = "skip";
  },
  onAfterRunTask: (test) => {
    if (chosen.has(test)) tell(test);
  },
  onAfterRunSuite: (suite) => {
    // What was to be made for its tests was not, so they did not run.
    if (suite.result?.errors?.length) tell(suite);
  },
};

/** Chooses the tests of a file of the selection; a name in there that no test has is a mistake. */
function select(tests: readonly Test[], index: number): void {
  // A file that could not be loaded has none.
  if (tests.length === 0) return;
  const { file, names = [""] } = selection[index] ?? { file: "" };
  for (const name of names) {
    const found = tests.filter((test) => getFullName(test, " > ").includes(name));
    if (found.length === 0) throw new Error(`no test of ${file} is called ${name}`);
    for (const test of found) if (getFullName(test, " > ").includes(text)) chosen.add(test);
  }
}

function tell(task: Task): void {
  const { state, errors = [], duration = 0 } = task.result ?? { state: "skip" as const };
  const sign = state === "pass" ? "ok    " : "FAILED";
  console.log(`${sign} ${getFullName(task, " > ")} (${(duration / 1000).toFixed(1)} s)`);
  for (const { message, diff, stack } of errors)
    console.log(diff === undefined ? (stack ?? message) : `${message}\n${diff}`);
}

const results = await startTests(files, runner);
// What could not be loaded has no tests that could tell it.
const broken = results.filter((file) => getTests(file).length === 0);
broken.forEach(tell);
const passed = [...chosen].filter(({ result }) => result?.state === "pass").length;
const failed = chosen.size - passed + broken.length;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
