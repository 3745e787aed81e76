/** `node scripts/vm-tests.js [TEXT]`: tests on a cgroup v2 host. */
import { availableParallelism } from "node:os";
import { withPrepared } from "./prepare.js";
import { selection } from "./selection.js";
import { inVirtualMachine, type RunningMachine } from "./virtual-machine.js";

/**
 * Runs the tests, and prints a line for each and then "N passed, N failed".
 *
 * @param text part of their names; all by default
 * @returns the exit status
 */
export async function runTests(text = ""): Promise<number> {
  // In emulation the processors of a virtual machine take turns on one of this machine.
  const machines = text === "" ? Math.min(2, availableParallelism()) : 1;
  const files = selection.map(({ file }) => file);
  const totals = { passed: 0, failed: 0 };
  await withPrepared(["vm/run-tests.ts", ...files], async (directory) => {
    const running = Array.from({ length: machines }, (_, part) =>
      inVirtualMachine(directory, ["vm/run-tests.mjs", directory, `${part + 1}/${machines}`, text]),
    );
    // One after the other, so that what one says is not torn apart by another.
    for (const each of running) {
      const { passed, failed } = await follow(each);
      totals.passed += passed;
      totals.failed += failed;
    }
  });
  if (totals.passed + totals.failed === 0) {
    console.log(`FAILED there is no test with ${text} in its name`);
    totals.failed = 1;
  }
  console.log(`${totals.passed} passed, ${totals.failed} failed`);
  return totals.failed === 0 ? 0 : 1;
}

/** Prints what a machine says but for its last line, which tells how many tests passed and failed. */
async function follow({ output, status }: RunningMachine) {
  let unfinished = "";
  let counted: RegExpExecArray | null = null;
  for await (const chunk of output as AsyncIterable<string>) {
    const lines = (unfinished + chunk).split("\n");
    unfinished = lines.pop() ?? "";
    for (const line of lines) {
      const match = /^(\d+) passed, (\d+) failed$/.exec(line);
      if (match === null) console.log(line);
      else counted = match;
    }
  }
  const [passed, failed] = (counted ?? []).slice(1).map(Number);
  // A machine that did not come to its end is a failure, whatever it said before.
  const actual = await status;
  const ended = actual === (failed === 0 ? 0 : 1);
  if (!ended)
    console.log(`FAILED a virtual machine ended with ${actual} before its tests were done`);
  return { passed: passed ?? 0, failed: (failed ?? 0) + (ended ? 0 : 1) };
}
