import { text as readText } from "node:stream/consumers";
import { withPrepared } from "./prepare.js";
import { inVirtualMachine } from "./virtual-machine.js";

const program = "vm/observe-cases";

/**
 * The states of golden cases on a cgroup v2 host, as `formatState` prints them, by the name of the case.
 *
 * @throws Error (rejects) when one could not be observed; standard error tells why
 */
export function observeInVirtualMachine(
  names: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  return withPrepared([`${program}.ts`], async (directory) => {
    const { output, status } = inVirtualMachine(directory, [`${program}.mjs`, ...names]);
    const [states, ended] = await Promise.all([readText(output), status]);
    if (ended !== 0) throw new Error(`the virtual machine ended with ${ended}`);
    return JSON.parse(states) as Record<string, string>;
  });
}
