import { chinese } from "./chinese.js";

/** The comments of a script, line by line, without the spec that it carries. */
export const comments = (script: string): string[] =>
  script.replace(/\n *# \{\n(?: *#.*\n)*/, "\n").match(/^ *# .*$/gm) ?? [];

/** Those that say something in English; names, numbers and lists of commands say nothing. */
export const inEnglish = (lines: readonly string[]): string[] =>
  lines.filter((line) => !chinese.test(line) && /[a-z]{2,} [a-z]{2,}/.test(line));

/** What a script does, line by line: all but comments and help. */
const code = (script: string): string[] =>
  script
    .replace(/^ *#.*\n/gm, "")
    .replace(/^usage\(\) \{\n[^]*?^\}\n/gm, "")
    .split("\n");

/** What a line is in any language: quoted words with Chinese characters or punctuation may be others. */
const inAnyLanguage = (line: string): RegExp => {
  const parts = line.split(/('[^']*'|"(?:\\.|[^"\\])*")/);
  const pattern = parts.map((part) =>
    /[\p{Script=Han}：]/u.test(part) ? ".*" : part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"),
  );
  return new RegExp(`^${pattern.join("")}$`);
};

/** Lines in which a script in English does something else than the one in Chinese. */
export function differences(english: string, inChinese: string): string[] {
  const [lines, others] = [code(english), code(inChinese)];
  const differing = lines.filter((line, index) => !inAnyLanguage(others[index] ?? "").test(line));
  return [...differing, ...others.slice(lines.length)];
}
