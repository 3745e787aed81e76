import { currentArchitecture } from "../architecture.js";
import { PROT_EXEC, PROT_READ } from "../constants/process.js";
import { callRoutine, mapMemory, memoryView, protectMemory } from "../libc.js";
import { machineCode } from "./machine-code.js";

const pageSize = 65536; // The largest page size of arm64: right on every machine.

let address: bigint | undefined;

/** Puts the routine into memory, once for the process: first writable, then executable, never both. */
function routineAddress(): bigint {
  if (address !== undefined) return address;
  const mapped = mapMemory(pageSize, "private");
  memoryView(mapped, pageSize).write(machineCode[currentArchitecture()], "hex");
  protectMemory(mapped, pageSize, PROT_READ | PROT_EXEC);
  address = mapped;
  return mapped;
}

/**
 * Runs the launch routine on the program at `programAddress`.
 * @returns the child's process number, or the negative error number of clone3
 */
export function runRoutine(programAddress: bigint): number {
  return callRoutine(routineAddress(), programAddress);
}
