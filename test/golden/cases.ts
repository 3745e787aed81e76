import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { readContainer } from "../../src/config/index.js";
import type { Spec } from "../../src/index.js";
import { repository } from "../host/repository.js";

/** One folder below golden/. */
export interface GoldenCase {
  readonly name: string;
  readonly directory: string;
}

/** All cases of a repository that are one container, in the order of the lesson. */
export function goldenCases(repository: string): GoldenCase[] {
  const golden = path.join(repository, "golden");
  return readdirSync(golden, { withFileTypes: true })
    .filter(({ name }) => existsSync(path.join(golden, name, "container.ts")))
    .map(({ name }) => ({ name, directory: path.join(golden, name) }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** The container of the case of this name. */
export function readCaseNamed(name: string): Promise<Spec> {
  return readCase({ name, directory: path.join(repository, "golden", name) });
}

/** The container a case is about. */
export function readCase({ directory }: GoldenCase): Promise<Spec> {
  return readContainer(path.join(directory, "container.ts"));
}
