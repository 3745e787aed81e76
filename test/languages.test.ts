import { describe, expect, test } from "vitest";
import { rules } from "../src/audit/rules.js";
import { labels } from "../src/bash/labels.js";
import { messages as scripts } from "../src/bash/messages/index.js";
import { en as commandLineEn } from "../src/cli/messages/en.js";
import { zh as commandLineZh } from "../src/cli/messages/zh.js";
import { limitTexts } from "../src/config/limits.js";
import { en as doctorEn } from "../src/executor/doctor/messages/en.js";
import { zh as doctorZh } from "../src/executor/doctor/messages/zh.js";
import { en as executorEn } from "../src/executor/messages/en.js";
import { zh as executorZh } from "../src/executor/messages/zh.js";
import { containerJsonSchema } from "../src/model/spec/json-schema.js";
import { phaseTitles } from "../src/steps/step.js";
import { lessons } from "../src/teach/lessons/index.js";
import { allPageWords, scriptWords } from "../src/teach/page/words.js";
import { words } from "../src/teach/words.js";
import { chinese, englishProse } from "./support/chinese.js";

type Catalog = Readonly<Record<string, string>>;

const catalogs: readonly (readonly [name: string, en: Catalog, zh: Catalog])[] = [
  ["scripts", scripts.en, scripts.zh],
  ["the command line", commandLineEn, commandLineZh],
  ["the executor", executorEn, executorZh],
  ["the doctor", doctorEn, doctorZh],
];

/** Names and terms that Chinese texts use as they are. */
const sameInChinese = new Set([
  ...["{suite}", "CPU", "PID", "cgroup", "namespace", "network namespace", "veth"],
  ...["Linux {release}", "{tool} {version}", "root file system: {root}"],
]);

const placeholders = (text: string) => text.match(/\{\w+\}/g)?.sort() ?? [];

describe.each(catalogs)("the messages of %s", (_, en, zh) => {
  test("are the same in both languages, with the same placeholders", () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
    for (const [key, text] of Object.entries(en))
      expect([key, placeholders(zh[key] ?? "")]).toEqual([key, placeholders(text)]);
  });

  test("are in their language", () => {
    const untranslated = Object.entries(en).filter(
      ([key, text]) => !sameInChinese.has(text) && !chinese.test(zh[key] ?? ""),
    );
    expect(untranslated).toEqual([]);
    for (const text of Object.values(en)) expect(text).not.toMatch(chinese);
    for (const text of Object.values(zh)) expect(text).not.toMatch(englishProse);
  });
});

interface Pair {
  readonly path: string;
  readonly en: unknown;
  readonly zh: unknown;
}

/** Every pair of texts in data that is told in both languages. */
function pairs(data: unknown, path: string, [first, second]: readonly [string, string]): Pair[] {
  if (typeof data !== "object" || data === null) return [];
  const { [first]: en, [second]: zh } = data as Record<string, unknown>;
  const own = typeof en === "string" ? [{ path, en, zh }] : [];
  const inner = Object.entries(data).flatMap(([key, value]) =>
    pairs(value, `${path}.${key}`, [first, second]),
  );
  return [...own, ...inner];
}

/** Words of a page that are the same in both languages, by their keys: names and terms. */
const sameOnPages = ["bash"];

const pageWords = { ...allPageWords, ...scriptWords };
const wordsToTranslate = Object.entries(pageWords).filter(([key]) => !sameOnPages.includes(key));

/** The words of a script's comments as data: those that say something about a name are said about one. */
const said = (value: unknown): unknown =>
  typeof value === "function"
    ? (value as (name: string) => string)("x")
    : typeof value === "object" && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, said(each)]))
      : value;

/** Every text of English data with that of Chinese data at the same place. */
function inParallel(en: unknown, zh: unknown, path: string): Pair[] {
  if (typeof en === "string") return [{ path, en, zh }];
  return Object.entries(en as object).flatMap(([key, value]) =>
    inParallel(value, (zh as Record<string, unknown>)[key], `${path}.${key}`),
  );
}

/** Terms that a script's comments leave as they are. */
const sameInScripts = new Set(["root", "cgroup", "namespace"]);
const commentWords = inParallel(said(labels.en), said(labels.zh), "labels").filter(
  ({ en }) => !sameInScripts.has(String(en)),
);

test.each([
  ["words of a page", pairs(Object.fromEntries(wordsToTranslate), "page", ["en", "zh"])],
  ["limits of configs", pairs(limitTexts, "limits", ["en", "zh"])],
  ["audit rules", pairs(rules, "rules", ["en", "zh"])],
  ["words of a script's comments", commentWords],
  ["lessons", pairs(lessons, "lessons", ["en", "zh"])],
  ["phases", pairs(phaseTitles, "phases", ["en", "zh"])],
  ["fields of a config", pairs(containerJsonSchema(), "", ["description", "chinese"])],
])("%s are told in both languages", (_, texts) => {
  expect(texts.length).toBeGreaterThan(3);
  for (const { path, en, zh } of texts) {
    expect(en, path).not.toMatch(chinese);
    expect(zh, path).toMatch(chinese);
    expect(zh, path).not.toMatch(englishProse);
  }
});

test("the words of readings are translated", () => {
  const texts = Object.entries(words.zh).filter(([, value]) => typeof value === "string");
  expect(texts.length).toBeGreaterThan(10);
  for (const [key, text] of texts) if (key !== "bash") expect(text, key).toMatch(chinese);
});
