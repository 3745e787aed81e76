// Runs in a simulated host, started by ../many.js: containers that stay alive, as JSON.
import { setFlagsFromString } from "node:v8";
import { setTimeout as sleep } from "node:timers/promises";
import { runInNewContext } from "node:vm";
import { param, parseContainer, run } from "../../../dist/index.js";
import { buildRootfs, embeddedSpec, rootfs } from "./full-container.js";
import { median } from "./measure.js";

const { count, compared } = JSON.parse(process.argv[2]);

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

const command = ["/bin/busybox", "sleep", "1000"];

async function memory() {
  for (let round = 0; round < 3; round += 1) {
    collectGarbage();
    await sleep(20);
  }
  return process.memoryUsage().rss;
}

async function endAll(containers) {
  for (const each of containers) each.kill("SIGKILL");
  await Promise.all(containers.map((each) => each.wait()));
}

async function measure(situation, spec, parameters) {
  const start = async (number) => {
    const begin = process.hrtime.bigint();
    const container = await run(spec, {
      params: { ...parameters, CONTAINER_NAME: `box${number}` },
      command,
      stdio: "ignore",
    });
    return { container, milliseconds: Number(process.hrtime.bigint() - begin) / 1e6 };
  };
  // Some before, so that what Node keeps of compiled code is not counted for the containers.
  const before = [];
  for (let number = 0; number < compared; number += 1) before.push(await start(number));
  await endAll(before.map(({ container }) => container));
  await sleep(500);
  const memoryBefore = await memory();
  const started = [];
  for (let number = 0; number < count; number += 1) started.push(await start(number));
  const kilobytes = ((await memory()) - memoryBefore) / 1024 / count;
  const times = started.map(({ milliseconds }) => milliseconds);
  await endAll(started.map(({ container }) => container));
  return {
    situation,
    first: median(times.slice(0, compared)),
    last: median(times.slice(-compared)),
    kilobytes,
  };
}

buildRootfs();
const plain = parseContainer({
  name: param.name("CONTAINER_NAME", { default: "box" }),
  privileged: true,
  root: { path: rootfs },
  namespaces: ["pid", "mount", "uts", "ipc"],
  network: { mode: "host" },
});
const full = parseContainer(JSON.parse(embeddedSpec()));
process.stdout.write(
  JSON.stringify([
    await measure("without a network", plain, {}),
    await measure("limits and bridge", full, { ROOTFS: rootfs }),
  ]),
);
