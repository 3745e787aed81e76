import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type ContainerInput, parseContainer, type Spec } from "../../src/index.js";
import { repository } from "../host/repository.js";
import { preparedFile } from "../support/prepared.js";
import { ownForm, stateInForm } from "./state.js";

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
export async function readCase({ name, directory }: GoldenCase): Promise<Spec> {
  const prepared = preparedFile(preparedSpec(name));
  if (prepared !== undefined)
    return parseContainer(JSON.parse(readFileSync(prepared, "utf8")) as ContainerInput);
  const { readContainer } = await import("../support/read-container.js");
  return readContainer(path.join(directory, "container.ts"));
}

/** What is to be observed of it on this machine, without the other form. */
export function goldenState({ directory }: GoldenCase): string {
  return stateInForm(readFileSync(path.join(directory, "state.json"), "utf8"), ownForm());
}

/** The name of the prepared file that has the spec of a case as JSON. */
export const preparedSpec = (name: string) => `${name}.json`;
