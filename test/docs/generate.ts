import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format } from "prettier";
import { languages } from "../../src/model/language.js";
import { cliReference } from "./cli-reference.js";
import { configReference } from "./config-reference.js";
import { stepReference } from "./step-reference.js";

const pages = {
  "cli.md": cliReference,
  "config.md": configReference,
  "steps.md": stepReference,
};

/** Their names in the folder of each language. */
export const generatedNames: readonly string[] = Object.keys(pages);

/** The generated pages of docs/, by their paths from there. */
export async function generatedPages(): Promise<Map<string, string>> {
  const made = languages.flatMap((language) =>
    Object.entries(pages).map(
      async ([name, write]) =>
        [
          `${language}/${name}`,
          await format(await write(language), { parser: "markdown" }),
        ] as const,
    ),
  );
  return new Map(await Promise.all(made));
}

/**
 * Writes the generated pages.
 *
 * @param check writes nothing, and only tells which pages would change
 * @returns those that have changed
 */
export async function writePages(root: string, check: boolean): Promise<string[]> {
  const changed = [...(await generatedPages())].filter(
    ([name, text]) => read(path.join(root, "docs", name)) !== text,
  );
  for (const [name, text] of check ? [] : changed) {
    const file = path.join(root, "docs", name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return changed.map(([name]) => name);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
