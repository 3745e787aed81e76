// Runs in a simulated host, started by ../start.js: the contestants in turns, as JSON.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { parseContainer, run } from "../../../dist/index.js";
import { buildRootfs, rootfs } from "./full-container.js";
import { median, plainEnvironment, takeTurns } from "./measure.js";

const { yardstick } = JSON.parse(process.argv[2]);
const turns = 25;
/** So many that what the contestant before has left in the caches does not count. */
const startsOfTurn = 200;
const bundle = "/tmp/bundle";

buildRootfs();

const spec = parseContainer({
  name: "box",
  hostname: "box",
  privileged: true,
  root: { path: rootfs },
  namespaces: ["pid", "mount", "uts", "ipc"],
  network: { mode: "host" },
  mounts: [
    { destination: "/proc", type: "proc" },
    { destination: "/sys", type: "sysfs" },
    { destination: "/tmp", type: "tmpfs" },
  ],
  process: { args: ["/bin/true"], env: { PATH: "/sbin:/bin" } },
});

/** The same container for runc: no cgroup, no restrictions, no terminal. */
function writeBundle() {
  mkdirSync(bundle);
  const nothing = ["nosuid", "nodev"];
  const config = {
    ociVersion: "1.0.2",
    process: { args: ["/bin/true"], env: ["PATH=/sbin:/bin"], cwd: "/", user: { uid: 0, gid: 0 } },
    root: { path: rootfs },
    hostname: "box",
    mounts: [
      { destination: "/proc", type: "proc", source: "proc", options: [...nothing, "noexec"] },
      { destination: "/sys", type: "sysfs", source: "sysfs", options: [...nothing, "noexec"] },
      { destination: "/tmp", type: "tmpfs", source: "tmpfs", options: [...nothing, "mode=1777"] },
    ],
    linux: { namespaces: ["pid", "mount", "uts", "ipc"].map((type) => ({ type })) },
  };
  writeFileSync(`${bundle}/config.json`, JSON.stringify(config));
}

const milliseconds = (since) => Number(process.hrtime.bigint() - since) / 1e6;

/** The median of several in a row: one turn of a contestant. */
async function repeated(count, once) {
  const times = [];
  for (let round = 0; round < count; round += 1) {
    const begin = process.hrtime.bigint();
    await once();
    times.push(milliseconds(begin));
  }
  return median(times);
}

async function startByRun() {
  const container = await run(spec, { stdio: "inherit" });
  const { code } = await container.wait();
  if (code !== 0) throw new Error(`the container ended with ${code}`);
}

async function startBySpawn([file, ...args]) {
  const child = spawn(file, args, { env: plainEnvironment, stdio: "inherit" });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`${file} ended with ${code}`);
}

const startByC = (...options) => {
  const output = execFileSync(yardstick, [String(startsOfTurn), rootfs, ...options], {
    encoding: "utf8",
  });
  return median(output.trim().split("\n").map(Number)) / 1e3;
};

const bubblewrap = [
  "bwrap",
  ...["--unshare-pid", "--unshare-uts", "--unshare-ipc", "--hostname", "box", "--as-pid-1"],
  ...["--bind", rootfs, "/", "--proc", "/proc", "--ro-bind", "/sys", "/sys", "--tmpfs", "/tmp"],
  ...["--die-with-parent", "/bin/true"],
];
let containers = 0;

writeBundle();
// A process that starts many containers has run this code often before.
for (let round = 0; round < 1000; round += 1) await startByRun();
const times = await takeTurns(
  {
    run: () => repeated(startsOfTurn, startByRun),
    c: () => startByC("records"),
    containerOnly: () => startByC(),
    bubblewrap: () => repeated(5, () => startBySpawn(bubblewrap)),
    runc: () =>
      repeated(3, () => startBySpawn(["runc", "run", "--bundle", bundle, `box${containers++}`])),
  },
  turns,
);
process.stdout.write(JSON.stringify(times));
