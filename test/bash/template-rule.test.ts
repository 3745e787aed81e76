import { describe, expect, test } from "vitest";
import { printingHelpers } from "../../src/bash/templates.js";
import {
  nodesOf,
  ofType,
  pathName,
  type TemplateFile,
  templateFiles,
} from "../support/template-files.js";
import Handlebars from "handlebars";

const files = templateFiles().filter(({ name }) => !name.startsWith("page/"));
const printing: readonly string[] = printingHelpers;
const blocks = ["if", "unless", "each"];
/** Helpers that compute arguments for those that print. */
const computing = [
  "shell",
  "message",
  "join",
  "partial",
  "bannerLines",
  "firewallRule",
  "list",
  "has",
  "equal",
  "or",
  "not",
];

/** What breaks the rule in a template; the tests below feed it templates that must not pass. */
function offences(nodes: TemplateFile["nodes"]): string[] {
  return [
    ...ofType<hbs.AST.MustacheStatement>(nodes, "MustacheStatement").flatMap((node) => [
      ...(printing.includes(pathName(node.path)) ? [] : [`prints {{${pathName(node.path)}}}`]),
      ...(node.params.length === 0 ? [`{{${pathName(node.path)}}} without an argument`] : []),
      ...(node.escaped ? [] : ["triple-stash"]),
    ]),
    ...ofType<hbs.AST.BlockStatement>(nodes, "BlockStatement")
      .map((node) => pathName(node.path))
      .filter((name) => !blocks.includes(name))
      .map((name) => `block {{#${name}}}`),
    ...ofType<hbs.AST.SubExpression>(nodes, "SubExpression")
      .map((node) => pathName(node.path))
      .filter((name) => !computing.includes(name))
      .map((name) => `expression (${name})`),
    ...ofType<hbs.AST.PartialStatement>(nodes, "PartialStatement")
      .filter(({ name }) => name.type !== "SubExpression" || pathName(name.path) !== "partial")
      .map(() => "partial by name"),
    ...nodes
      .filter(({ type }) => /^(Decorator|PartialBlock|DecoratorBlock)/.test(type))
      .map(({ type }) => type),
  ];
}

/** The bash of a template: comments and mustaches taken out, a word left in their place. */
const code = ({ source }: TemplateFile) =>
  source
    .replace(/\{\{[#/^>]?(?:[^{}]|\{\{|\}\}(?=\}))*?~?\}\}/g, "word")
    .split("\n")
    .filter((line) => !/^\s*#/.test(line))
    .join("\n");

const scripts = files.filter(({ name }) => name.endsWith(".sh"));

test("there are templates of every kind", () => {
  const folders = files.map(({ name }) => (name.split("/").length > 1 ? name.split("/")[0] : ""));
  expect(new Set(folders)).toEqual(new Set(["", "lib", "rootfs", "steps"]));
});

test.each(files)("$name prints only through helpers that quote", ({ nodes }) => {
  expect(offences(nodes)).toEqual([]);
});

describe("the rule finds what it must", () => {
  test.each([
    "{{name}}",
    "{{{word name}}}",
    "{{& word name}}",
    "{{#each steps}}{{this}}{{/each}}",
    "{{#if a}}{{else}}{{b}}{{/if}}",
    "{{lookup a b}}",
    "{{shell name}}",
    "{{join a b}}",
    "{{word}}",
    "{{#with a}}{{word b}}{{/with}}",
    "{{> steps/mount.sh}}",
    "{{> (lookup . name)}}",
    "{{word (lookup a b)}}",
  ])("%s", (source) => {
    expect(offences(nodesOf(Handlebars.parse(source)))).not.toEqual([]);
  });
});

describe.each(scripts)("$name", (file) => {
  test("has no eval and no backtick", () => {
    expect(code(file)).not.toMatch(/\beval\b|`/);
    expect(code(file)).not.toMatch(/^\s*(\.|source)\s/m);
  });

  test("writes every variable as ${name}", () => {
    expect(code(file)).not.toMatch(/\$[A-Za-z_]/);
  });

  test("expands all arguments only inside double quotes", () => {
    for (const found of code(file).matchAll(/.?\$[@*].?/g)) expect(found[0]).toMatch(/^"\$[@*]"$/);
    for (const found of code(file).matchAll(/(.?)\$\{\w+\[@\]\}/g)) expect(found[1]).toBe('"');
  });

  test("disables no linter", () => {
    expect(file.source).not.toMatch(/shellcheck/);
  });
});
