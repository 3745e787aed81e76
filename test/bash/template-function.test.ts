import path from "node:path";
import { runInThisContext } from "node:vm";
import { expect, test } from "vitest";
import { blocks } from "../../src/bash/blocks.js";
import { repository } from "../support/template-files.js";

interface Options {
  readonly escapes: boolean;
}

const { templateFunction } = (await import(
  path.join(repository, "scripts/template-function.js")
)) as { templateFunction: (name: string, text: string, options?: Options) => string };

const helpers = {
  ...blocks,
  escape: (text: string) => text.replaceAll("<", "&lt;"),
  print: (...values: unknown[]) => values.map((value) => JSON.stringify(value)).join(","),
  upper: (text: string) => text.toUpperCase(),
  render: (name: string, context: object, root: object) =>
    `${name}:${JSON.stringify(context)}:${JSON.stringify(root)};`,
};

function render(text: string, context: object, options?: Options): string {
  const template = runInThisContext(templateFunction("a test", text, options)) as Template;
  return template(helpers, context);
}

test.each([
  ['text\nof "all" ${kinds} \\ {{! and a comment}}', {}, 'text\nof "all" ${kinds} \\ '],
  ["{{print a}} {{print a.b}} {{print c.b.a}}", { a: { b: 1 } }, '{"b":1} 1 '],
  ['{{print "a" 1 false (upper "b") key=this}}', { x: 1 }, '"a",1,false,"B",{"key":{"x":1}}'],
  ["{{#if a}}yes{{else}}no{{/if}}{{#unless a}}no{{/unless}}", { a: 1 }, "yes"],
  ["{{#if a}}yes{{else if b}}other{{else}}no{{/if}}", { a: [], b: "b" }, "other"],
  [
    "{{#each a}}{{print this @index @first @last}};{{/each}}",
    { a: [1, 2] },
    "1,0,true,false;2,1,false,true;",
  ],
  ["{{#each a}}{{print this @key}};{{/each}}", { a: { b: 1, c: 2 } }, '1,"b";2,"c";'],
  [
    "{{#each a}}{{#each b}}{{print this ../c ../../c @root.c}}{{/each}}{{/each}}",
    { c: 1, a: [{ c: 2, b: [3] }] },
    "3,2,1,1",
  ],
  ["{{#each a}}x{{else}}none{{/each}}{{#each b}}x{{else}}none{{/each}}", { a: [] }, "nonenone"],
  ["{{#each a}}\nline\n{{/each}}\nend", { a: [1, 2] }, "line\nline\nend"],
  ['{{#each a}}{{> (upper "b") this}}{{/each}}', { a: [1] }, 'B:1:{"a":[1]};'],
  ["  {{> part c=a}}\n", { a: 1 }, '  part:{"a":1,"c":1}:{"a":1};'],
])("%s", (text, context, expected) => {
  expect(render(text, context)).toBe(expected);
});

test("only what is printed is escaped", () => {
  expect(render("<{{print a}}>", { a: "<" }, { escapes: true })).toBe('<"&lt;">');
});

test.each([
  ["{{#with a}}{{/with}}", "2:0: templates have no with"],
  ["{{#> part}}{{/part}}", "2:0: templates have no PartialBlockStatement"],
  ["{{print undefined}}", "2:8: templates have no UndefinedLiteral"],
  ["{{name}}", "2:0: templates have no fields that no helper prints"],
  ["{{{print a}}}", "2:0: templates have no text that is not escaped"],
  ["{{a.b c}}", "2:0: templates have no helper a.b"],
  ["{{print (a-b c)}}", "2:8: templates have no helper a-b"],
  ["{{print ../a}}", "2:8: templates have no ../a"],
  ["{{#each a}}{{print ../../a}}{{/each}}", "2:19: templates have no ../../a"],
  ["{{#if @first}}{{/if}}", "2:6: templates have no @first"],
  ["{{#each a}}{{print @number}}{{/each}}", "2:19: templates have no @number"],
  ["{{#if a b}}{{/if}}", "2:0: templates have no blocks with anything but one argument"],
  ["{{#if a b=c}}{{/if}}", "2:0: templates have no blocks with anything but one argument"],
  ["{{#each}}{{/each}}", "2:0: templates have no blocks with anything but one argument"],
  ["{{#each a as |b|}}{{/each}}", "2:0: templates have no blocks with anything but one argument"],
])("%s is refused, with its place", (text, reason) => {
  expect(() => templateFunction("steps/x", `line\n${text}`)).toThrow(`steps/x:${reason}`);
});
