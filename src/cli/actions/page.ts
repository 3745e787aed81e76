import path from "node:path";
import type { Language } from "../../model/language.js";
import { listCases } from "../../teach/cases.js";
import { lessons } from "../../teach/lessons/index.js";
import { readObservations } from "../../teach/lessons/observations.js";
import type { Subject } from "../../teach/page/container.js";
import { buildPage } from "../../teach/page/page.js";
import { renderPage } from "../../teach/page/render.js";
import type { ConfigOptions } from "../command-context.js";
import { fileOf } from "../read-case.js";
import { readDescription } from "../read-description.js";
import { writeOutput } from "../write-output.js";

export interface PageCommandOptions extends ConfigOptions {
  readonly output?: string;
}

/** `cooper page`: some containers, or all lessons, as one HTML document. Two are compared at once. */
export async function pageCommand(
  names: readonly string[],
  { output, set }: PageCommandOptions,
  language: Language,
): Promise<void> {
  const wanted = names.length === 0 ? listCases().map(({ name }) => name) : names;
  const subjects: Subject[] = [];
  for (const name of wanted) subjects.push(await subjectOf(name, set));
  const page = buildPage(subjects, { language, compare: names.length === 2 });
  writeOutput(renderPage(page), output, 0o644);
}

/** A container with what its lesson tells about it, where it is a case that has one. */
async function subjectOf(
  name: string,
  assignments: ReadonlyMap<string, string> | undefined,
): Promise<Subject> {
  const file = path.resolve(fileOf(name));
  const described = await readDescription(name, {}, assignments);
  const found = listCases().find(({ config }) => path.resolve(config) === file);
  const lesson = lessons.find((each) => each.name === found?.name);
  return {
    name: found?.name ?? name,
    described,
    lesson,
    observations: lesson && readObservations(lesson.name),
  };
}
