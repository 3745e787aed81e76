// Makes the golden files again: `node scripts/golden.js [--check] [--vm] [CASE...]`, as root. See scripts/golden.
import { importBundled, root } from "./bundled.js";

const { golden } = await importBundled("test/golden/golden.ts");
process.exitCode = await golden(root, process.argv.slice(2));
