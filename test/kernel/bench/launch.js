// node test/kernel/bench/launch.js [ROUNDS]: start to exit of a container with static `true`, from
// Node and from C with the same system calls, in one simulated host; median microseconds.
// Needs root, gcc and busybox-static.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const here = import.meta.dirname;
const folder = mkdtempSync(path.join(here, "../../../node_modules/.cache/cooper-bench-"));
const rounds = Number(process.argv[2] ?? 300);
const host = path.join(folder, "host.mjs");
const yardstick = path.join(folder, "start");
try {
  execFileSync("gcc", ["-O2", "-o", yardstick, path.join(here, "start.c")]);
  await build({
    stdin: {
      contents: `
        export { SimulatedHost } from "../simulated-host.js";
      `,
      resolveDir: here,
    },
    outfile: host,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    define: { "import.meta.url": JSON.stringify(new URL("../x.js", import.meta.url).href) },
  });
  const { SimulatedHost } = await import(host);
  const argument = { yardstick, rounds };
  const { value } = await new SimulatedHost("bench").run("compare", { argument });
  for (const { c, vfork, ratio, waiting } of value)
    console.log(
      `C ${c} µs; vfork: launch ${vfork.start.toFixed(0)}, exit ${vfork.total.toFixed(0)}, ` +
        `ratio ${ratio.toFixed(2)}; waiting: released ${waiting.start.toFixed(0)}, exit ${waiting.total.toFixed(0)}`,
    );
} finally {
  rmSync(folder, { recursive: true });
}
