/**
 * What was made ahead of time for tests that run where making it takes too long: in the virtual machine, which
 * computes some 25 times slower. See `test/vm/`.
 */
import path from "node:path";

/** Names the directory of what was prepared. */
export const preparedVariable = "COOPER_TEST_PREPARED";

/** The prepared command line. */
export const preparedCli = "cli/cli.cjs";

/** How many times longer than usual something may take before it is given up. */
export const patience = process.env[preparedVariable] === undefined ? 1 : 12;

/** A prepared file; undefined where tests make everything themselves. */
export function preparedFile(name: string): string | undefined {
  const directory = process.env[preparedVariable];
  return directory === undefined ? undefined : path.join(directory, name);
}
