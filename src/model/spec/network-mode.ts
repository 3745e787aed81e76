import * as z from "zod/mini";
import { nearest } from "../nearest.js";
import type { Value } from "../value.js";
import { valueTypes } from "../value-types.js";
import { documented, issue, later, textOf, transformed, value } from "./field.js";

/** The modes that are a word. */
const words = ["bridge", "none", "host"] as const;

const prefix = "container:";

/** The mode that shares the network stack of another container. */
export interface JoinedNetwork {
  readonly container: Value<"name">;
}

/** Docker's network modes. */
export type NetworkMode = (typeof words)[number] | JoinedNetwork;

type WrittenMode = (typeof words)[number] | `container:${string}`;

/** Whether a mode has the container join another one's network namespace. */
export const isJoined = (mode: NetworkMode): mode is JoinedNetwork => typeof mode === "object";

/** A mode as it is written, for messages. */
export const shownMode = (mode: NetworkMode): string =>
  isJoined(mode)
    ? `${prefix}${typeof mode.container === "string" ? mode.container : "NAME"}`
    : mode;

const isWord = (text: string): text is (typeof words)[number] =>
  words.some((each) => each === text);

const written = textOf<WrittenMode>(
  [...words.map((word) => `"${word}"`), `\`${prefix}\${string}\``].join(" | "),
  {
    anyOf: [{ enum: words }, { pattern: `^${prefix}${valueTypes.name.pattern.slice(1)}` }],
  },
);

const joined = later(() =>
  z.strictObject({
    container: documented(value("name"), {
      en: "Name of the running container whose network namespace this one joins.",
      zh: "要加入其 network namespace 的容器名称，该容器须在运行。",
    }),
  }),
);

/** `network.mode`: a word, or `container:NAME`; an object in place of that takes parameters. */
export const networkModeSchema = transformed(
  z.union([written, joined]),
  (mode, context): NetworkMode => {
    if (typeof mode === "object" || isWord(mode)) return mode;
    const text: string = mode;
    if (!text.startsWith(prefix)) {
      const suggestion = nearest(text, words);
      context.addIssue(issue("network-mode", { value: text, suggestion }));
      return z.NEVER;
    }
    const container = valueTypes.name.parse(text.slice(prefix.length));
    if (container === undefined) {
      context.addIssue(issue("value-type", { type: "name", value: text.slice(prefix.length) }));
      return z.NEVER;
    }
    return { container };
  },
);
