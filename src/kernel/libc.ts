/** The only door to native code: koffi, loaded at the first call (it costs milliseconds). */
import type * as Koffi from "koffi";
import { currentArchitecture } from "./architecture.js";
import { integer, nullPointer } from "./arguments.js";
import { flagsText } from "./constants/names.js";
import {
  MAP_ANONYMOUS,
  MAP_PRIVATE,
  MAP_SHARED,
  PROT_EXEC,
  PROT_READ,
  PROT_WRITE,
} from "./constants/process.js";
import { requireKoffi } from "./require-koffi.js";
import type { Argument, SystemCall } from "./system-call.js";
import { SystemCallError } from "./system-call-error.js";
import { systemCallNumbers } from "./system-call-numbers.js";

/** syscall(2): the number of a call and its arguments; -1 for a refusal. */
interface Syscall {
  (...numberAndArguments: bigint[]): number | bigint;
  async(...numberArgumentsAndCallback: (bigint | SyscallCallback)[]): void;
}

type SyscallCallback = (error: Error | null, result: number | bigint) => void;

interface Native {
  readonly koffi: typeof Koffi;
  readonly syscall: Syscall;
  readonly routine: Koffi.TypeObject;
}

let native: Native | undefined;

function load(): Native {
  if (native !== undefined) return native;
  const koffi = requireKoffi();
  const syscall = koffi
    .load("libc.so.6")
    .func("int64 syscall(int64, uint64, uint64, uint64, uint64, uint64, uint64)");
  native = { koffi, syscall, routine: koffi.proto("int64 (void *)") };
  return native;
}

/** koffi itself, for the few who need more of it than a system call. */
export function loadKoffi(): typeof Koffi {
  return load().koffi;
}

/**
 * Performs a system call now, on the calling thread, and returns its result. The call blocks the
 * event loop as long as the kernel takes. Memory arguments may be written to by the kernel.
 * @throws SystemCallError when the kernel refuses
 * @throws TypeError for an argument whose value comes later (a result or a placeholder)
 */
export function performSystemCall(call: SystemCall): number {
  const result = trySystemCall(call);
  if (result < 0) throw new SystemCallError(call, -result);
  return result;
}

/**
 * The same where a refusal is as good an answer as any: gives the negative error number then. To make an error, with
 * all that it tells, takes longer than most calls.
 * @throws TypeError for an argument whose value comes later (a result or a placeholder)
 */
export function trySystemCall(call: SystemCall): number {
  const { koffi, syscall } = load();
  const result = syscall(...nativeCall(koffi, call).values);
  return result === -1 ? -koffi.errno() : Number(result);
}

/**
 * The same as {@link performSystemCall} on a thread of Node's pool, for what takes the kernel long: the event loop
 * goes on.
 * @throws SystemCallError (rejects) when the kernel refuses
 */
export function performSystemCallAside(call: SystemCall): Promise<number> {
  const { koffi, syscall } = load();
  const native = nativeCall(koffi, call);
  return new Promise((resolve, reject) => {
    const done: SyscallCallback = (error, result) => {
      // What the kernel reads is referenced until here.
      native.kept.length = 0;
      if (error !== null) reject(error);
      else if (result === -1) reject(new SystemCallError(call, koffi.errno()));
      else resolve(Number(result));
    };
    syscall.async(...native.values, done);
  });
}

/** The number and the arguments of a system call, and whatever has to stay referenced until it has returned. */
function nativeCall(koffi: typeof Koffi, call: SystemCall) {
  const kept: unknown[] = [call];
  const values = [BigInt(systemCallNumbers[call.name][currentArchitecture()])];
  for (let index = 0; index < 6; index++) {
    const argument = call.arguments[index];
    values.push(argument === undefined ? 0n : nativeValue(koffi, argument, kept));
  }
  return { values, kept };
}

function nativeValue(koffi: typeof Koffi, argument: Argument, kept: unknown[]): bigint {
  switch (argument.kind) {
    case "integer":
      return argument.value;
    case "memory":
      return koffi.address(argument.bytes);
    case "strings": {
      const addresses = argument.strings.map((each) => koffi.address(each));
      const pointers = BigUint64Array.from([...addresses, 0n]);
      kept.push(pointers);
      return koffi.address(pointers);
    }
    default:
      throw new TypeError(`the value of a ${argument.kind} is not known outside a launch`);
  }
}

const protections = { PROT_READ, PROT_WRITE, PROT_EXEC };

/** mmap(2) of new memory, readable and writable and zeroed. Returns its address. */
export function mapMemory(size: number, sharing: "private" | "shared"): bigint {
  const flags = MAP_ANONYMOUS | (sharing === "private" ? MAP_PRIVATE : MAP_SHARED);
  const address = performSystemCall({
    name: "mmap",
    arguments: [
      nullPointer,
      integer(size),
      integer(PROT_READ | PROT_WRITE, "PROT_READ|PROT_WRITE"),
      integer(flags, () => flagsText(flags, { MAP_SHARED, MAP_PRIVATE, MAP_ANONYMOUS })),
      integer(-1),
      integer(0),
    ],
  });
  return BigInt(address);
}

/** mprotect(2) */
export function protectMemory(address: bigint, size: number, protection: number): void {
  performSystemCall({
    name: "mprotect",
    arguments: [
      integer(address, `0x${address.toString(16)}`),
      integer(size),
      integer(protection, () => flagsText(protection, protections)),
    ],
  });
}

/** The memory itself, not a copy. Whoever keeps it must never unmap that memory. */
export function memoryView(address: bigint, size: number): Buffer {
  return Buffer.from(load().koffi.view(address, size));
}

/** Calls machine code at an address as `int64 routine(void *argument)`. */
export function callRoutine(address: bigint, argument: bigint): number {
  const { koffi, routine } = load();
  return Number(koffi.call(address, routine, argument));
}
