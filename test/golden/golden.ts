/** `node scripts/golden.js [--check] [CASE...]` */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { goldenCases, type GoldenCase, readCase } from "./cases.js";
import { lessons } from "../../src/teach/lessons/index.js";
import { compiledStackFiles, goldenStacks, observedStackState, readStackCase } from "./stacks.js";
import { formatObservations, observeLesson } from "./lesson.js";
import { compiledFiles, type GoldenFiles, observedState } from "./generate.js";

/**
 * @param args names of cases, all by default; `--check` writes nothing
 * @returns an exit status: 1 when `--check` finds a file that would change, 2 when there is no such case
 */
export async function golden(repository: string, args: readonly string[]): Promise<number> {
  const check = args.includes("--check");
  const names = args.filter((arg) => arg !== "--check");
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
  const stale: string[] = [];
  for (const each of cases) {
    const files = await (stacks.includes(each) ? makeStackFiles(each) : makeFiles(each));
    stale.push(...staleFiles(each, files));
    if (!check) writeFiles(each, files);
  }
  if (check) {
    for (const file of stale)
      console.error(`golden: ${path.relative(repository, file)} would change; run scripts/golden`);
    return stale.length === 0 ? 0 : 1;
  }
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
  const lesson = lessons.find(({ name }) => name === each.name);
  const observations =
    lesson === undefined
      ? {}
      : { "lesson.json": formatObservations(await observeLesson(lesson, spec)) };
  return {
    ...files,
    ...observations,
    "state.json": await observedState(each.name, spec, files["script.sh"] ?? ""),
  };
}

async function makeStackFiles(each: GoldenCase): Promise<GoldenFiles> {
  const stack = await readStackCase(each);
  const files = compiledStackFiles(stack);
  return { ...files, "state.json": await observedStackState(stack, files["script.sh"] ?? "") };
}

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
