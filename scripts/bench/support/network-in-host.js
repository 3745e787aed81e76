// Runs in a simulated host, started by ../network.js: the contestants in turns, as JSON.
import { copyFileSync, readFileSync } from "node:fs";
import { parseContainer, run as runContainer } from "../../../dist/index.js";
import {
  buildRootfs,
  cooper,
  embeddedSpec,
  interfaces,
  naive,
  rootfs,
  run,
  settle,
  withNeighbour,
} from "./full-container.js";
import { takeTurns } from "./measure.js";

const { now } = JSON.parse(process.argv[2]);
const rounds = 21;
const command = ["/bin/now"];

const spec = parseContainer(JSON.parse(embeddedSpec()));

async function byRun() {
  const params = { ROOTFS: rootfs, CONTAINER_NAME: "box" };
  const container = await runContainer(spec, { params, command, stdio: "ignore" });
  const { code } = await container.wait();
  if (code !== 0) throw new Error(`the container ended with ${code}`);
}

/** Milliseconds from the start to the command's first instruction; it runs to its end all the same. */
const timed = (start) => async () => {
  const expected = interfaces();
  const begin = process.hrtime.bigint();
  await start();
  const first = BigInt(readFileSync(`${rootfs}/now`, "utf8"));
  await settle(expected);
  return Number(first - begin) / 1e6;
};

buildRootfs();
copyFileSync(now, `${rootfs}/bin/now`);
const times = await withNeighbour(async () => {
  // A process that starts many containers has run this code often before.
  for (let round = 0; round < 100; round += 1) await timed(byRun)();
  return takeTurns(
    {
      run: timed(byRun),
      script: timed(async () => run(cooper("script", ...command))),
      naive: timed(async () => run(naive("naive.sh", ...command))),
    },
    rounds,
  );
});
process.stdout.write(JSON.stringify(times));
