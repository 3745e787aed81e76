import { Arithmetic, type Expression, HostVariable, operators, Parameter, Text } from "./value.js";

/** A value for a human reader: parameters and what only a run knows appear as `$NAME`. */
export function readable(value: string | number | Expression): string {
  if (value instanceof Parameter || value instanceof HostVariable) return `$${value.name}`;
  if (value instanceof Text) return value.parts.map(readable).join("");
  if (value instanceof Arithmetic) {
    const [left, right] = [value.left, value.right].map((side) =>
      side instanceof Arithmetic ? `(${readable(side)})` : readable(side),
    );
    return `${left ?? ""} ${operators[value.operator]} ${right ?? ""}`;
  }
  return String(value);
}
