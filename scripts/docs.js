// Makes the generated pages of docs/ again: `node scripts/docs.js [--check]`. With --check it writes nothing, and
// exits with 1 when a page would change.
import { importBundled, root } from "./bundled.js";

const { writePages } = await importBundled("test/docs/generate.ts");
const check = process.argv.includes("--check");
const changed = await writePages(root, check);
for (const page of changed) console.log(`docs/${page}`);
if (check && changed.length > 0) process.exitCode = 1;
