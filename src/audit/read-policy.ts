import { readJson } from "../config/json/read-json.js";
import { CooperError, type Problem } from "../model/errors.js";
import { parsePolicy, type Policy } from "./policy.js";

/**
 * Reads a policy from a JSON file.
 *
 * @throws CooperError with every problem found, each with its place in the file
 */
export function readPolicy(file: string): Policy {
  const config = readJson(file);
  try {
    return parsePolicy(config.input);
  } catch (error) {
    if (!(error instanceof CooperError)) throw error;
    const [first, ...others] = error.problems;
    const place = (problem: Problem) => ({ ...problem, span: config.locate(problem.field ?? []) });
    throw new CooperError([place(first), ...others.map(place)], { cause: error });
  }
}
