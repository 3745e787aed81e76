import { isExpression } from "../../../model/value.js";
import { badCall, throws } from "../failure.js";
import type { Evaluation } from "../evaluation.js";
import { kindOf, operand, textOf, truth } from "../operators.js";
import { Scope } from "../scope.js";
import type { Syntax } from "../compiler.js";
import { isObjectValue, type ObjectValue, setOwn, StaticValue } from "../static-value.js";
import { functionOf } from "../visitors/call.js";
import { codePoints } from "../visitors/array-literal.js";
import { checkKey } from "../visitors/object-literal.js";
import { argumentNode, methodOf, primitives } from "./method.js";

type Call = (values: readonly unknown[], call: Syntax.Node) => unknown;

function holder(name: string, members: Readonly<Record<string, unknown>>, invoke?: Call) {
  const entries = Object.entries(members).map(
    ([key, member]) =>
      [
        key,
        typeof member === "function" ? new StaticValue(`${name}.${key}`, member as Call) : member,
      ] as const,
  );
  return new StaticValue(name, invoke, new Map(entries));
}

/** The names every config can use without importing them. */
export function globalScope(evaluation: Evaluation): Scope {
  const scope = new Scope();
  for (const [name, value] of Object.entries({
    undefined,
    NaN,
    Infinity,
    Array: arrayHolder(evaluation),
    Boolean: new StaticValue("Boolean", ([value], call) => truth(value, call)),
    Math: mathHolder,
    Number: numberHolder,
    Object: objectHolder(evaluation),
    String: new StaticValue("String", (values, call) =>
      values.length === 0 ? "" : textOf(values[0], argumentNode(call, 0)),
    ),
  }))
    scope.initialize(name, value);
  return scope;
}

const mathFunctions = [
  "abs",
  "ceil",
  "floor",
  "max",
  "min",
  "pow",
  "round",
  "sign",
  "sqrt",
  "trunc",
] as const;

const mathHolder = holder(
  "Math",
  Object.fromEntries(
    mathFunctions.map((name) => [
      name,
      (values: readonly unknown[], call: Syntax.Node) => {
        const given = primitives(`Math.${name}`, values, call).map(Number);
        return methodOf(Math, name)(...given);
      },
    ]),
  ),
);

const numberTests = ["isFinite", "isInteger", "isNaN", "isSafeInteger"] as const;

const numberHolder = holder(
  "Number",
  {
    MAX_SAFE_INTEGER: Number.MAX_SAFE_INTEGER,
    MIN_SAFE_INTEGER: Number.MIN_SAFE_INTEGER,
    ...Object.fromEntries(
      numberTests.map((name) => [name, ([value]: readonly unknown[]) => Number[name](value)]),
    ),
    parseFloat: ([value]: readonly unknown[], call: Syntax.Node) =>
      Number.parseFloat(textOf(value, call)),
    parseInt: (values: readonly unknown[], call: Syntax.Node) => {
      const [value, radix] = primitives("Number.parseInt", values, call);
      return Number.parseInt(String(value), radix === undefined ? undefined : Number(radix));
    },
  },
  (values, call) =>
    values.length === 0 ? 0 : Number(operand(values[0], "Number", argumentNode(call, 0))),
);

function arrayHolder({ budget, origins }: Evaluation) {
  const made = (array: unknown[], call: Syntax.Node) => {
    budget.elements(call, array.length);
    origins.record(array, call);
    return array;
  };
  return holder("Array", {
    from: (values: readonly unknown[], call: Syntax.Node) => {
      const [source, callback] = values;
      const items = itemsOf(source, call, budget);
      if (callback === undefined) return made([...items], call);
      const invoke = functionOf(callback, argumentNode(call, 1));
      return made(
        items.map((item, index) => invoke([item, index], call)),
        call,
      );
    },
    isArray: ([value]: readonly unknown[]) => Array.isArray(value),
    of: (values: readonly unknown[], call: Syntax.Node) => made([...values], call),
  });
}

/** What `Array.from` takes: an array, a text, or anything with a length. */
function itemsOf(
  source: unknown,
  call: Syntax.Node,
  budget: Evaluation["budget"],
): readonly unknown[] {
  if (Array.isArray(source)) return source;
  if (typeof source === "string") {
    budget.elements(call, source.length);
    return codePoints(source);
  }
  if (source === null || source === undefined || isExpression(source))
    throw notIterable(source, call);
  if (!isObjectValue(source)) return [];
  const own = (key: string) => (Object.hasOwn(source, key) ? source[key] : undefined);
  const length = Math.max(0, Math.trunc(Number(operand(own("length"), "Array.from", call))) || 0);
  budget.elements(call, length);
  return Array.from({ length }, (_, index) => own(String(index)));
}

function notIterable(source: unknown, call: Syntax.Node) {
  const [en, zh] = kindOf(source);
  return throws(call, `Array.from cannot take ${en}`, `Array.from 不能接受${zh}`);
}

function objectHolder({ budget, origins }: Evaluation) {
  const entriesOf = (name: string, value: unknown, call: Syntax.Node) => {
    if (!isObjectValue(value) && !Array.isArray(value)) {
      const [en, zh] = kindOf(value);
      throw badCall(
        call,
        `Object.${name} takes an object here, not ${en}`,
        `Object.${name} 在此只接受对象，不接受${zh}`,
      );
    }
    const entries = Object.entries<unknown>(value as object as ObjectValue);
    budget.elements(call, entries.length);
    return entries;
  };
  const made = <Value extends object>(value: Value, call: Syntax.Node) => {
    origins.record(value, call);
    return value;
  };
  return holder("Object", {
    entries: ([value]: readonly unknown[], call: Syntax.Node) =>
      made(entriesOf("entries", value, call), call),
    keys: ([value]: readonly unknown[], call: Syntax.Node) =>
      made(
        entriesOf("keys", value, call).map(([key]) => key),
        call,
      ),
    values: ([value]: readonly unknown[], call: Syntax.Node) =>
      made(
        entriesOf("values", value, call).map(([, each]) => each),
        call,
      ),
    fromEntries: ([pairs]: readonly unknown[], call: Syntax.Node) => {
      const object: ObjectValue = {};
      for (const pair of Array.isArray(pairs) ? (pairs as unknown[]) : [undefined]) {
        if (!Array.isArray(pair))
          throw badCall(
            call,
            "Object.fromEntries takes an array of [key, value] pairs",
            "Object.fromEntries 接受由 [键, 值] 组成的数组",
          );
        setOwn(object, checkKey(textOf(pair[0], call), call), pair[1]);
      }
      budget.elements(call, Object.keys(object).length);
      return made(object, call);
    },
    // Nothing can be changed anyway.
    freeze: ([value]: readonly unknown[]) => value,
  });
}
