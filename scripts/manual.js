// Writes the man page of the command line.
import { writeFileSync } from "node:fs";
import { importBundled } from "./bundled.js";

export async function writeManual(file) {
  const { createProgram } = await importBundled("src/cli/program.ts");
  const { manual } = await importBundled("src/cli/manual.ts");
  writeFileSync(file, manual(createProgram("en")));
}
