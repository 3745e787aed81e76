/** `node scripts/golden.js [--check] [--vm] [CASE...]` */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { goldenCases, type GoldenCase, readCase } from "./cases.js";
import type { Spec, Stack } from "../../src/index.js";
import { lessons } from "../../src/teach/lessons/index.js";
import { compiledStackFiles, goldenStacks, observedStackState, readStackCase } from "./stacks.js";
import { formatObservations, observeLesson } from "./lesson.js";
import { observeInVirtualMachine } from "../vm/observe.js";
import { compiledFiles, type GoldenFiles, observedState } from "./generate.js";
import { hasForms, needsOtherForm, ownForm, withObserved } from "./state.js";

/**
 * @param args names of cases, all by default; `--check` writes nothing, and takes for granted what only the
 *   virtual machine shows; `--vm` observes all cases with limits there, not just those that may have changed
 * @returns an exit status: 1 when `--check` finds a file that would change, 2 when there is no such case
 */
export async function golden(repository: string, args: readonly string[]): Promise<number> {
  const check = args.includes("--check");
  const names = args.filter((arg) => !["--check", "--vm"].includes(arg));
  const stacks = goldenStacks(repository);
  const all = [...goldenCases(repository), ...stacks].sort((left, right) =>
    left.name < right.name ? -1 : 1,
  );
  const unknown = names.filter((name) => !all.some((each) => each.name === name));
  if (unknown.length > 0) {
    const known = all.map(({ name }) => name).join(", ");
    console.error(`golden: there is no case ${unknown.join(", ")} (cases: ${known})`);
    return 2;
  }
  const cases = names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
  const before = new Map(cases.map((each) => [each.name, readState(each)]));
  const stale = new Set<string>();
  for (const each of cases) {
    const files = await (stacks.includes(each) ? makeStackFiles(each) : makeFiles(each));
    for (const file of staleFiles(each, files)) stale.add(file);
    if (!check) writeFiles(each, files);
  }
  if (check) {
    for (const file of stale)
      console.error(`golden: ${path.relative(repository, file)} would change; run scripts/golden`);
    return stale.size === 0 ? 0 : 1;
  }
  const others = cases.filter((each) => {
    const now = readState(each) ?? "";
    return args.includes("--vm") ? hasForms(now) : needsOtherForm(before.get(each.name), now);
  });
  for (const file of await observeOtherForm(others)) stale.add(file);
  for (const file of stale) console.log(`wrote ${path.relative(repository, file)}`);
  spawnSync("git", ["--no-pager", "diff", "--stat", "--", "golden"], {
    cwd: repository,
    stdio: "inherit",
  });
  return 0;
}

async function makeFiles(each: GoldenCase): Promise<GoldenFiles> {
  const spec = await readCase(each);
  const files = compiledFiles(spec);
  const state = await observedState(each.name, spec, files["script.sh"] ?? "");
  return {
    ...files,
    ...(await lessonFiles(each.name, spec)),
    "state.json": withObserved(readState(each), state, ownForm()),
  };
}

async function makeStackFiles(each: GoldenCase): Promise<GoldenFiles> {
  const stack = await readStackCase(each);
  const files = compiledStackFiles(stack);
  const state = await observedStackState(stack, files["script.sh"] ?? "");
  return {
    ...files,
    ...(await lessonFiles(each.name, stack)),
    "state.json": withObserved(readState(each), state, ownForm()),
  };
}

/** What was observed of the experiments, when there is a lesson about the case. */
async function lessonFiles(name: string, described: Spec | Stack): Promise<GoldenFiles> {
  const lesson = lessons.find((each) => each.name === name);
  if (lesson === undefined) return {};
  return { "lesson.json": formatObservations(await observeLesson(lesson, described)) };
}

/** The forms of cgroup v2 come from the virtual machine. @returns the files that changed */
async function observeOtherForm(cases: readonly GoldenCase[]): Promise<string[]> {
  if (cases.length === 0) return [];
  const names = cases.map(({ name }) => name);
  if (ownForm() === "v2") {
    console.error(
      `golden: what cgroup v1 shows of ${names.join(", ")} can be observed on a host with cgroup v1 only`,
    );
    return [];
  }
  const states = await observeInVirtualMachine(names);
  return cases.flatMap((each) => {
    const file = withObserved(readState(each), states[each.name] ?? "", "v2");
    const stale = staleFiles(each, { "state.json": file });
    writeFiles(each, { "state.json": file });
    return stale;
  });
}

const readState = ({ directory }: GoldenCase) => readIfThere(path.join(directory, "state.json"));

/** The files on disk that are not as they should be. */
export function staleFiles({ directory }: GoldenCase, files: GoldenFiles): string[] {
  return Object.entries(files)
    .map(([name, content]) => ({ file: path.join(directory, name), content }))
    .filter(({ file, content }) => readIfThere(file) !== content)
    .map(({ file }) => file);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function writeFiles({ directory }: GoldenCase, files: GoldenFiles): void {
  mkdirSync(directory, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const mode = name.endsWith(".sh") ? 0o755 : 0o644;
    writeFileSync(path.join(directory, name), content, { mode });
  }
}
