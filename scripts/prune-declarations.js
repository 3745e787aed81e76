// Published are the declarations that the library's own lead to: nobody can import the others, and they name packages
// that a user does not have.
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** Removes the declarations below a directory that one of them does not lead to. */
export function pruneDeclarations(directory, entry) {
  const reached = new Set([path.join(directory, entry)]);
  for (const file of reached)
    for (const { fileName } of ts.preProcessFile(readFileSync(file, "utf8")).importedFiles)
      if (fileName.startsWith(".")) reached.add(declarationOf(path.dirname(file), fileName));
  for (const name of readdirSync(directory, { recursive: true })) {
    const file = path.join(directory, name);
    if (!reached.has(file) && statSync(file).isFile()) rmSync(file);
  }
}

const declarationOf = (directory, imported) =>
  path.join(directory, imported.replace(/\.(c?)js$/, ".d.$1ts"));
