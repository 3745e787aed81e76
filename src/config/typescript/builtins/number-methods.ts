import { type Method, methodOf, native, primitives } from "./method.js";

/** Methods of numbers; each does exactly what JavaScript's does. */
export const numberMethods: ReadonlyMap<string, Method<number>> = new Map(
  (["toFixed", "toString"] as const).map((name) => [
    name,
    ({ receiver, values, call }) => {
      const given = primitives(name, values, call);
      const method = methodOf(Number.prototype, name);
      return native(name, call, () => Reflect.apply(method, receiver, given));
    },
  ]),
);
