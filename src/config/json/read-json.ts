import { CooperError } from "../../model/errors.js";
import type { Config, FieldPart } from "../config.js";
import { findSizeProblem } from "../check-size.js";
import { limitTexts } from "../limits.js";
import { readSource } from "../read-source.js";
import { sourceSpan } from "../source-span.js";
import {
  findPositions,
  JsonDuplicateError,
  JsonNestingError,
  JsonSyntaxError,
  type Member,
  type Position,
} from "./positions.js";

/**
 * Reads a JSON config.
 *
 * @throws CooperError `json-syntax`, `json-duplicate`, `config-limit` and what {@link readSource} throws
 */
export function readJson(file: string): Config {
  const source = readSource(file);
  const positions = parsePositions(file, source);
  const input: unknown = JSON.parse(source);
  const size = findSizeProblem(input);
  if (size !== undefined) throw CooperError.of("config-limit", { limit: limitTexts[size] });
  return {
    input,
    files: [file],
    locate(field, part = "value") {
      const position = findPosition(positions, field, part);
      return position && sourceSpan(file, source, position.start, position.end);
    },
    typeProblems: () => [],
  };
}

function parsePositions(file: string, source: string): Position {
  try {
    return findPositions(source);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const span = sourceSpan(file, source, error.offset, error.offset + 1);
    if (error instanceof JsonNestingError)
      throw CooperError.of("config-limit", { limit: limitTexts.nesting }, { span });
    if (error instanceof JsonDuplicateError)
      throw CooperError.of("json-duplicate", { name: error.field }, { span, cause: error });
    const found = source.codePointAt(error.offset);
    throw CooperError.of(
      "json-syntax",
      { found: found === undefined ? undefined : String.fromCodePoint(found) },
      { span, cause: error },
    );
  }
}

function findPosition(root: Position, field: readonly PropertyKey[], part: FieldPart) {
  let member: Member = { key: root, value: root };
  for (const key of field) {
    const inner = member.value.members.get(String(key));
    if (inner === undefined) return undefined;
    member = inner;
  }
  return member[part];
}
