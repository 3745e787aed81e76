import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { messages } from "../../src/bash/messages/index.js";
import { Renderer } from "../../src/bash/templates.js";
import { chinese } from "../support/chinese.js";
import { ofType, pathName, repository, templateFiles } from "../support/template-files.js";

const files = templateFiles();
const named = (folder: string) =>
  files
    .filter(({ name }) => name.startsWith(`${folder}/`))
    .map(({ name, source }) => ({ name: name.slice(folder.length + 1, -".sh".length), source }));

const sources = (folder: string) =>
  readdirSync(path.join(repository, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => ({
      name: file.slice(0, -".ts".length),
      source: readFileSync(path.join(repository, folder, file), "utf8"),
    }));

describe("steps", () => {
  const kinds = sources("src/steps").flatMap(({ name, source }) =>
    [...source.matchAll(/defineStep<\w+>\(\{\s*kind: "([a-z-]+)"/g)].map(([, kind]) => ({
      name,
      kind,
    })),
  );

  test("every kind lives in a file of its name", () => {
    expect(kinds.filter(({ name, kind }) => name !== kind)).toEqual([]);
    expect(kinds.length).toBeGreaterThan(15);
  });

  test("every kind has a template of its name, and every template a kind", () => {
    expect(
      named("steps")
        .map(({ name }) => name)
        .sort(),
    ).toEqual(kinds.map(({ kind }) => kind).sort());
  });
});

test.each([{}, { id: "bridge" }])("a field that is missing is not printed: %o", (context) => {
  expect(() => new Renderer("en").draft("steps/bridge.sh", context)).toThrow();
});

describe("the library", () => {
  const renderer = new Renderer("en");

  test("is found by name", () => {
    expect(renderer.library("write", {})?.code).toContain("write() {");
    expect(renderer.library("no_such_function", {})).toBeUndefined();
    expect(renderer.library("../script", {})).toBeUndefined();
  });

  test.each(named("lib"))("$name defines the one function of its name", ({ name, source }) => {
    const functions = [...source.matchAll(/^([A-Za-z_]\w*)\(\)|^\s*function\s/gm)];
    expect(functions.map(([, found]) => found)).toEqual([name]);
    expect(source).toMatch(new RegExp(`^# ${name}[: ]`));
    expect(source).toMatch(/^\}\n$/m);
  });
});

describe("messages", () => {
  const calls = files.flatMap(({ name, nodes }) =>
    [
      ...ofType<hbs.AST.MustacheStatement>(nodes, "MustacheStatement"),
      ...ofType<hbs.AST.SubExpression>(nodes, "SubExpression"),
    ]
      .filter((node) => ["say", "fail", "warn", "message"].includes(pathName(node.path)))
      .map(({ params, hash }) => ({
        template: name,
        code: (params[0] as hbs.AST.StringLiteral).value,
        values: ((hash as hbs.AST.Hash | undefined)?.pairs ?? []).map(({ key }) => key).sort(),
      })),
  );
  const fromCode = sources("src/bash").flatMap(({ source }) =>
    [...source.matchAll(/\b(?:say|message)\(\s*"([a-z-]+)"/g)].map(([, code]) => code ?? ""),
  );
  const placeholders = (text: string) =>
    [...new Set([...text.matchAll(/\{([a-zA-Z]+)\}/g)].map(([, name]) => name))].sort();

  test("every code is a literal that both catalogs have", () => {
    for (const { code } of calls) {
      expect(messages.en).toHaveProperty([code]);
      expect(messages.zh).toHaveProperty([code]);
    }
    expect(calls.length).toBeGreaterThan(20);
  });

  test.each(calls)(
    "$code in $template is given the values it needs and no others",
    ({ code, values }) => {
      const text = messages.en[code as keyof typeof messages.en];
      expect(values).toEqual(placeholders(text));
    },
  );

  test("every message is used", () => {
    const used = new Set([...calls.map(({ code }) => code), ...fromCode]);
    expect(Object.keys(messages.en).filter((code) => !used.has(code))).toEqual([]);
  });

  test.each(Object.keys(messages.en) as (keyof typeof messages.en)[])(
    "%s is said in both languages with the same values",
    (code) => {
      expect(placeholders(messages.zh[code])).toEqual(placeholders(messages.en[code]));
      expect(messages.en[code]).not.toMatch(chinese);
      // A term such as "rootfs" may be all there is to say.
      if (messages.en[code].replace(/\{\w+\}/g, "").length > 12)
        expect(messages.zh[code]).toMatch(/[\p{Script=Han}：]/u);
    },
  );

  test("the catalogs have the same codes", () => {
    expect(Object.keys(messages.zh)).toEqual(Object.keys(messages.en));
  });

  test("a code or a value that is missing is an error, not a hole", () => {
    const renderer = new Renderer("en");
    expect(() => renderer.message("no-such-code", {})).toThrow(RangeError);
    expect(() => renderer.message("command-not-found", {})).toThrow(/\{command\}/);
  });
});
