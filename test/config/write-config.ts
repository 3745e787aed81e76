import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CooperError, type Problem } from "../../src/model/errors.js";
import { scratchDirectory } from "../support/scratch.js";

/** A fresh directory with these files, until the tests of the file are done; the path of the first one. */
export function writeConfig(files: Readonly<Record<string, string>>): string {
  const directory = realpathSync(scratchDirectory());
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(directory, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return path.join(directory, Object.keys(files)[0] ?? "");
}

export const imports = `import { defineContainer, param, text, add, multiply, divide } from "cooper";\n`;

/** A config whose environment holds values; every statement before it starts on line 2. */
export function configWith(statements: string, fields = "", name = "container.ts") {
  return {
    [name]: `${imports}${statements}\nexport default defineContainer({ privileged: true, ${fields} });\n`,
  };
}

/** The problems of what must fail. */
export async function problemsOf(run: () => unknown): Promise<readonly Problem[]> {
  try {
    await run();
  } catch (error) {
    if (error instanceof CooperError) return error.problems;
    throw error;
  }
  throw new Error("expected a CooperError, and nothing was thrown");
}

/** `code line:column length`, in one line that a test can compare. */
export function brief({ code, span }: Problem): string {
  if (span === undefined) return code;
  return `${code} ${String(span.line)}:${String(span.column)} ${String(span.length)}`;
}
