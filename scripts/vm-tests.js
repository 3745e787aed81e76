// Runs tests on a cgroup v2 host: `node scripts/vm-tests.js [TEXT]`, where TEXT is part of
// their names. See scripts/vm; the last line is "N passed, N failed".
import { importBundled } from "./bundled.js";

const { runTests } = await importBundled("test/vm/tests.ts");
process.exitCode = await runTests(process.argv[2]);
