import { throws, unsupported, advice } from "../failure.js";
import { operand, textOf, truth } from "../operators.js";
import { isPrimitive } from "../static-value.js";
import { functionOf } from "../visitors/call.js";
import {
  argumentNode,
  type Method,
  type MethodCall,
  methodOf,
  native,
  primitives,
} from "./method.js";

type ArrayCall = MethodCall<readonly unknown[]>;

/** The callback of `map` and its like, called as JavaScript calls it: value, index, array. */
function callbackOf({ receiver, values, call }: ArrayCall) {
  const invoke = functionOf(values[0], argumentNode(call, 0));
  return (value: unknown, index: number) => invoke([value, index, receiver], call);
}

/** The callback of `filter` and its like. */
function predicateOf(arrayCall: ArrayCall) {
  const callback = callbackOf(arrayCall);
  return (value: unknown, index: number) =>
    truth(callback(value, index), argumentNode(arrayCall.call, 0));
}

/** Accounts for an array that a method made. */
function made({ call, evaluation }: ArrayCall, array: unknown[]): unknown[] {
  evaluation.budget.elements(call, array.length);
  evaluation.origins.record(array, call);
  return array;
}

/** Methods that only compare or select; their arguments are positions or values to look for. */
const plain = ["at", "includes", "indexOf", "lastIndexOf", "slice", "toReversed"] as const;

const plainMethod =
  (name: (typeof plain)[number]): Method<readonly unknown[]> =>
  (arrayCall) => {
    const { receiver, values, call, evaluation } = arrayCall;
    evaluation.budget.spend(call, receiver.length);
    const looksFor = name === "includes" || name === "indexOf" || name === "lastIndexOf";
    const [first, ...rest] = values;
    const given =
      looksFor && values.length > 0
        ? [first, ...primitives(name, rest, call)]
        : primitives(name, values, call);
    const method = methodOf(Array.prototype, name);
    const result = native(name, call, () => Reflect.apply(method, receiver, given));
    // `at` gives an element, which may be an array that was made elsewhere.
    return Array.isArray(result) && name !== "at" ? made(arrayCall, result) : result;
  };

function join({ receiver, values, call, evaluation }: ArrayCall): string {
  const [separator = ","] = primitives("join", values, call);
  const between = String(separator);
  let length = 0;
  const parts = receiver.map((value) => {
    const part = value === undefined || value === null ? "" : textOf(value, call);
    length += part.length + between.length;
    evaluation.budget.characters(call, length > 0 ? part.length + between.length : 0);
    return part;
  });
  evaluation.budget.characters(call, Math.max(0, length - between.length));
  return parts.join(between);
}

function concat(arrayCall: ArrayCall): unknown[] {
  const { receiver, values, call, evaluation } = arrayCall;
  const result = [...receiver];
  for (const value of values) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    evaluation.budget.elements(call, result.length + items.length);
    for (const item of items) result.push(item);
  }
  return made(arrayCall, result);
}

function flat(arrayCall: ArrayCall): unknown[] {
  const { receiver, values, call } = arrayCall;
  const [depth = 1] = primitives("flat", values, call);
  const result: unknown[] = [];
  const add = (items: readonly unknown[], left: number): void => {
    for (const item of items) {
      arrayCall.evaluation.budget.spend(call, 1);
      if (Array.isArray(item) && left >= 1)
        arrayCall.evaluation.budget.nest(call, () => add(item, left - 1));
      else result.push(item);
    }
  };
  add(receiver, Math.trunc(Number(depth)) || 0);
  return made(arrayCall, result);
}

function flatMap(arrayCall: ArrayCall): unknown[] {
  const callback = callbackOf(arrayCall);
  const result: unknown[] = [];
  for (const [index, value] of arrayCall.receiver.entries()) {
    const mapped = callback(value, index);
    const items: readonly unknown[] = Array.isArray(mapped) ? mapped : [mapped];
    arrayCall.evaluation.budget.elements(arrayCall.call, items.length);
    for (const item of items) result.push(item);
  }
  return made(arrayCall, result);
}

const reduce =
  (name: "reduce" | "reduceRight"): Method<readonly unknown[]> =>
  ({ receiver, values, call }) => {
    const invoke = functionOf(values[0], argumentNode(call, 0));
    if (values.length < 2 && receiver.length === 0)
      throw throws(
        call,
        `${name} of an empty array needs a first value: ${name}(callback, first)`,
        `空数组的 ${name} 需要初始值：${name}(callback, first)`,
      );
    const step = (sum: unknown, value: unknown, index: number) =>
      invoke([sum, value, index, receiver], call);
    return values.length < 2 ? receiver[name](step) : receiver[name](step, values[1]);
  };

function toSorted(arrayCall: ArrayCall): unknown[] {
  const { receiver, values, call, evaluation } = arrayCall;
  if (values[0] === undefined) {
    const sortable = receiver.every((value) => isPrimitive(value));
    if (!sortable)
      throw unsupported(
        call,
        advice(
          ["sorting objects without a comparison", "不带比较函数的对象排序"],
          ["write toSorted((a, b) => …)", "请写 toSorted((a, b) => …)"],
        ),
      );
    evaluation.budget.spend(call, receiver.length * 16);
    return made(arrayCall, receiver.toSorted());
  }
  const invoke = functionOf(values[0], argumentNode(call, 0));
  const compare = (a: unknown, b: unknown) =>
    Number(operand(invoke([a, b], call), "toSorted", argumentNode(call, 0)));
  return made(arrayCall, receiver.toSorted(compare));
}

/** Methods of arrays that leave the array as it is. */
export const arrayMethods: ReadonlyMap<string, Method<readonly unknown[]>> = new Map<
  string,
  Method<readonly unknown[]>
>([
  ...plain.map((name) => [name, plainMethod(name)] as const),
  ["concat", concat],
  ["every", (call) => call.receiver.every(predicateOf(call))],
  ["filter", (call) => made(call, call.receiver.filter(predicateOf(call)))],
  ["find", (call) => call.receiver.find(predicateOf(call))],
  ["findIndex", (call) => call.receiver.findIndex(predicateOf(call))],
  ["findLast", (call) => call.receiver.findLast(predicateOf(call))],
  ["flat", flat],
  ["flatMap", flatMap],
  ["join", join],
  ["map", (call) => made(call, call.receiver.map(callbackOf(call)))],
  ["reduce", reduce("reduce")],
  ["reduceRight", reduce("reduceRight")],
  ["some", (call) => call.receiver.some(predicateOf(call))],
  ["toSorted", toSorted],
]);
