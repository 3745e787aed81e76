// What every measurement needs: turns, medians and an environment without surprises.
import { spawnSync } from "node:child_process";

/** The whole environment of a measured command: the parameters of scripts are environment variables, too. */
export const plainEnvironment = {
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  HOME: "/",
};

/**
 * Where commands of Node's are measured: with as good as no environment, and with that of whoever measures, which may
 * give Node more to do before it runs anything.
 */
export const environments = (callers) => [
  { where: "", env: plainEnvironment },
  { where: ", in this environment", env: callers },
];

/**
 * A contestant: Node from its start to its end.
 *
 * @returns a function that gives milliseconds
 */
export const timedNode =
  (env, ...args) =>
  () => {
    const begin = process.hrtime.bigint();
    const { status, stderr } = spawnSync(process.execPath, args, {
      env,
      stdio: ["ignore", "ignore", "pipe"],
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}:\n${stderr}`);
    return Number(process.hrtime.bigint() - begin) / 1e6;
  };

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Times contestants in turns, so that whatever else the machine does meanwhile hits all alike.
 *
 * @param contestants functions by name, each of which does its work once
 * @returns by name, the milliseconds of each round; a first round, which warms caches, is left out
 */
export async function takeTurns(contestants, rounds) {
  const entries = Object.entries(contestants);
  const times = Object.fromEntries(entries.map(([name]) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    // Every other round goes backwards: nobody always runs in somebody's wake.
    for (const [name, contestant] of round % 2 === 0 ? entries : entries.toReversed()) {
      const milliseconds = await contestant();
      if (round > 0) times[name].push(milliseconds);
    }
  }
  return times;
}

/**
 * A row of the table from two lists of times: their medians, and the median of each round's ratio.
 *
 * @param ours name and times of what is measured; @param peer the same of what it is measured against
 * @param wanted the ratio to stay below
 */
export function timeRow(what, [ours, ourTimes], [peer, peerTimes], wanted) {
  const ratio = median(ourTimes.map((time, round) => time / peerTimes[round]));
  return row(what, "ms", [ours, median(ourTimes)], [peer, median(peerTimes)], wanted, ratio);
}

/** A row of the table from two figures. */
export function row(
  what,
  unit,
  [ours, value],
  [peer, peerValue],
  wanted,
  ratio = value / peerValue,
) {
  return { what, unit, ours, value, peer, peerValue, ratio, wanted };
}
