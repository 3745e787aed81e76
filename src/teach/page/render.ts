import { createHash } from "node:crypto";
import { files, templates } from "cooper:page";
import { blocks } from "../../bash/blocks.js";
import { experimentCommands } from "../lessons/commands.js";
import type { Experiment } from "../lessons/lesson.js";
import { escape, Markup } from "./markup.js";
import type { Page } from "./page.js";
import { allPageWords } from "./words.js";

/**
 * A page as one HTML document that needs nothing else. Its Content-Security-Policy lets it load nothing, and run only
 * the script that it carries, which the policy knows by its hash.
 */
export function renderPage(page: Page): string {
  const [style, script] = [fileText("page/page.css"), fileText("page/page.js")];
  const policy = [
    "default-src 'none'",
    `style-src '${hash(style)}'`,
    `script-src '${hash(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return templateOf("page/page.html")(helpers, {
    ...page,
    words: allPageWords,
    policy,
    style: new Markup(style),
    script: new Markup(script),
    json: new Markup(embeddedJson(page.data)),
  });
}

/** JSON that neither ends the element it stands in nor breaks a line of its script. */
export function embeddedJson(data: unknown): string {
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function fileText(name: string): string {
  const text = files[name];
  if (text === undefined) throw new RangeError(`no file "${name}"`);
  return text;
}

const hash = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

/** The helpers of the templates. What they return is escaped, unless it is markup. */
export const pageHelpers = {
  text: (value: string | number | boolean | undefined) => {
    if (value === undefined) throw new TypeError("there is no such text");
    return String(value);
  },
  markup: (value: unknown) => {
    if (!(value instanceof Markup)) throw new TypeError("only markup is printed as it is");
    return value;
  },
  list: (values: readonly string[]) => values.join(", "),
  commands: (name: string, experiment: Experiment, step: string | false) =>
    experimentCommands(name, experiment, step === false ? undefined : step)
      .map((command) => `# ${command}\n`)
      .join(""),
  lines: (text: string) => text.trimEnd(),
  sum: (...numbers: readonly unknown[]) =>
    numbers.reduce<number>((total, each) => total + Number(each), 0),
  half: (value: number) => value / 2,
  equal: (left: unknown, right: unknown) => left === right,
  greater: (left: number, right: number) => left > right,
};

const helpers = {
  ...blocks,
  ...pageHelpers,
  escape,
  render: (name: string, context: object, root: object): string =>
    templateOf(name)(helpers, context, root),
};

function templateOf(name: string): Template {
  const template = templates[name];
  if (template === undefined) throw new RangeError(`no template "${name}"`);
  return template;
}
