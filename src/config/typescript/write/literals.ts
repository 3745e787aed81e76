import { escapeInvisible } from "../../../model/escape-invisible.js";

/** Text as a TypeScript string literal in which every character shows. */
export function stringLiteral(text: string): string {
  return escapeInvisible(JSON.stringify(text));
}

/** The inside of a template literal. */
export function templatePart(text: string): string {
  return escapeInvisible(
    JSON.stringify(text)
      .slice(1, -1)
      .replaceAll('\\"', '"')
      .replaceAll("`", "\\`")
      .replaceAll("${", "\\${"),
  );
}

/** A number as people write it: digits in groups of three from 10,000 on. */
export function numberLiteral(value: number): string {
  const digits = String(value);
  return /^-?\d{5,}$/.test(digits) ? digits.replace(/\B(?=(?:\d{3})+$)/g, "_") : digits;
}

/** The name of a member in an object literal. */
export function memberName(name: string): string {
  // As a plain member, this one would set the prototype.
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) ? name : stringLiteral(name);
}
