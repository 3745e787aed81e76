import highlighter from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import c from "highlight.js/lib/languages/c";
import typescript from "highlight.js/lib/languages/typescript";
import { Markup } from "./markup.js";

/** What is coloured: configs, scripts, and system calls, which strace prints like C. */
const grammars = { typescript, bash, c } as const;

export type Grammar = keyof typeof grammars;

for (const [name, grammar] of Object.entries(grammars)) highlighter.registerLanguage(name, grammar);
highlighter.configure({ classPrefix: "h-" });

/** Colours source text when the page is made. Every line is complete HTML: no element goes on in the next one. */
export function highlight(lines: readonly string[], grammar: Grammar): Markup[] {
  const { value } = highlighter.highlight(lines.join("\n"), { language: grammar });
  const open: string[] = [];
  return value.split("\n").map((line) => {
    const before = open.join("");
    for (const [tag] of line.matchAll(/<span[^>]*>|<\/span>/g)) {
      if (tag === "</span>") open.pop();
      else open.push(tag);
    }
    return new Markup(`${before}${line}${"</span>".repeat(open.length)}`);
  });
}
