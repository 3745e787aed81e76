/** Measures the launch against bench/start.c; see bench/launch.js. */
import { execFileSync } from "node:child_process";
import { launch } from "../../../src/kernel/launch/launch.js";
import type { LaunchMode } from "../../../src/kernel/launch/clone-arguments.js";
import { addWaitForParent } from "../../../src/kernel/program/wait-for-parent.js";
import type { Program } from "../../../src/kernel/program/program.js";
import { makeRootfs, namespaces, program } from "./box.js";

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? NaN;
}

/** Median microseconds from before the launch to its return, and to the awaited exit status. */
async function measure(built: Program, mode: LaunchMode, rounds: number) {
  const starts: number[] = [];
  const totals: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begin = process.hrtime.bigint();
    const child = launch(built, { flags: namespaces, mode });
    if (mode === "waiting") await child.release();
    starts.push(Number(process.hrtime.bigint() - begin) / 1e3);
    const status = await child.wait();
    totals.push(Number(process.hrtime.bigint() - begin) / 1e3);
    if (!("code" in status) || status.code !== 0) throw new Error(JSON.stringify(status));
  }
  return { start: median(starts), total: median(totals) };
}

export async function compare({ yardstick, rounds }: { yardstick: string; rounds: number }) {
  makeRootfs();
  const built = program(["/bin/true"]);
  const waiting = program(["/bin/true"], addWaitForParent);
  const result = [];
  for (let repetition = 0; repetition < 3; repetition++) {
    const c = Number(execFileSync(yardstick, [String(rounds)], { encoding: "utf8" }));
    const vfork = await measure(built, "vfork", rounds);
    result.push({
      c,
      vfork,
      ratio: vfork.total / c,
      waiting: await measure(waiting, "waiting", rounds),
    });
  }
  return result;
}
