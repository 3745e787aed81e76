// Runs tests on a cgroup v2 host: `node scripts/vm-tests.js`. See scripts/vm; the last line is "N passed, N failed".
import { importBundled } from "./bundled.js";

const { runTests } = await importBundled("test/vm/tests.ts");
process.exitCode = await runTests();
