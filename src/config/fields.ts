import { isPlainObject } from "../model/expressions.js";

export type Fields = Readonly<Record<string, unknown>>;

/** Fields laid over what a config has; undefined when there is nothing to lay. */
export function withFields(config: unknown, over: Fields): Fields | undefined {
  const set = present(over);
  if (Object.keys(set).length === 0) return undefined;
  return { ...(isPlainObject(config) ? config : {}), ...set };
}

/** Those fields that have a value. */
export const present = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
