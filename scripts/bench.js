// Measures Cooper against its peers: `npm run bench [-- [--json] [NAME...]]`.
//
// What counts are the ratios: both sides of one run in the same minute on the same machine, in turns. The
// figures themselves differ from machine to machine. Every file in scripts/bench/ is one measurement.
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { formatTable } from "./bench/support/table.js";

const here = import.meta.dirname;

/** Every measurement: `title`, `needsRoot`, and `measure()`, which gives the rows of the table. */
async function loadMeasurements() {
  const files = readdirSync(path.join(here, "bench")).filter((name) => name.endsWith(".js"));
  return Promise.all(
    files.sort().map(async (file) => ({
      name: path.basename(file, ".js"),
      ...(await import(pathToFileURL(path.join(here, "bench", file)).href)),
    })),
  );
}

const isInstalled = (tool) =>
  process.env.PATH.split(path.delimiter).some((each) => existsSync(path.join(each, tool)));

/** Why a measurement cannot be made here; undefined when it can. */
function obstacle({ needsRoot, tools = [] }) {
  if (!existsSync(path.join(here, "../dist/cli.cjs"))) return "build first: npm run build";
  if (needsRoot && process.getuid() !== 0)
    return "containers are built for real, which needs root; try: sudo npm run bench";
  const missing = tools.filter((tool) => !isInstalled(tool));
  if (missing.length > 0) return `not installed: ${missing.join(", ")}; try: scripts/setup bench`;
  return undefined;
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "boolean" } },
  });
  const all = await loadMeasurements();
  const unknown = positionals.filter((name) => !all.some((each) => each.name === name));
  if (unknown.length > 0) {
    const names = all.map(({ name }) => name).join(", ");
    console.error(`bench: there is no measurement ${unknown.join(", ")} (there are: ${names})`);
    return 2;
  }
  const chosen = all.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const results = [];
  for (const each of chosen) {
    const reason = obstacle(each);
    if (reason === undefined) {
      const result = { name: each.name, title: each.title, rows: await each.measure() };
      results.push(result);
      if (!values.json) console.log(`${result.title}\n${formatTable(result.rows)}`);
    } else console.error(`bench: ${each.name} is left out: ${reason}`);
  }
  if (values.json) console.log(JSON.stringify(results, null, 2));
  return results.length === chosen.length ? 0 : 1;
}

process.exitCode = await main();
