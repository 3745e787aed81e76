// Runs in a simulated host, started by ../run.js: the contestants in turns, in each environment, as JSON.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { buildRootfs, rootfs } from "./full-container.js";
import { takeTurns, timedNode } from "./measure.js";

const rounds = 31;
const cooper = path.join(import.meta.dirname, "../../../dist/cli.cjs");

function writeConfig(name, more) {
  const file = `/tmp/${name}.json`;
  const process = { args: ["/bin/true"] };
  writeFileSync(file, JSON.stringify({ name, root: { path: rootfs }, process, ...more }));
  return file;
}

buildRootfs();
const privileged = writeConfig("privileged", { privileged: true });
const hardened = writeConfig("hardened", {});
const measured = [];
for (const { env } of JSON.parse(process.argv[2]))
  measured.push(
    await takeTurns(
      {
        node: timedNode(env, "-e", "0"),
        privileged: timedNode(env, cooper, "run", privileged),
        hardened: timedNode(env, cooper, "run", hardened),
      },
      rounds,
    ),
  );
process.stdout.write(JSON.stringify(measured));
