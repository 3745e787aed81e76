/**
 * The layout of a program in memory, as the launch routine reads it. All fields are little-endian
 * 64-bit words unless said otherwise; src/kernel/launch/launch-*.S has the same numbers.
 *
 *   header                         entry
 *    0  address of clone_args       0  system call number
 *    8  size of clone_args          8  six arguments
 *   16  number of entries          56  16 bits: argument i is the address of its value (bit i)
 *   24  address of failed entry    58  16 bits: 1 ignore all errors, 2 candidate, 4 successor
 *   32  signal mask: all           60  16 bits twice: errors to ignore
 *   40  signal mask: saved         64  smallest result that is success
 *   48  result of clone3           72  result
 *   56  (unused)
 *   64  clone_args (88 bytes)
 *  152  pidfd (32 bits)
 *  160  entries, then data
 */
import type { Architecture } from "../architecture.js";
import { errnoNumber } from "../errno.js";
import { systemCallNumbers } from "../system-call-numbers.js";
import type { Argument } from "../system-call.js";
import type { Program, ProgramEntry } from "./program.js";

export const header = {
  cloneArguments: 0,
  cloneArgumentsSize: 8,
  entryCount: 16,
  failedEntry: 24,
  allSignals: 32,
  savedSignals: 40,
  cloneResult: 48,
  cloneArgumentsData: 64,
  pidfd: 152,
  entries: 160,
} as const;

export const entry = {
  arguments: 8,
  indirect: 56,
  flags: 58,
  ignoredErrors: 60,
  minimum: 64,
  result: 72,
  size: 80,
} as const;

const ignoreAllErrors = 1;
const candidateFlag = 2;
const successorFlag = 4;

/** A program laid out for address 0, with the places that depend on the real address or on values. */
export interface ProgramImage {
  readonly bytes: Buffer;
  /** Offsets of words that hold an offset into the image. */
  readonly addresses: readonly number[];
  /** Offsets of words that hold a value given at launch. */
  readonly placeholders: readonly { readonly offset: number; readonly name: string }[];
}

/** Lays a program out. Pure; the same program gives the same bytes. */
export function layOutProgram(program: Program, architecture: Architecture): ProgramImage {
  const layout = new Layout(header.entries + entry.size * program.entries.length);
  program.entries.forEach((each, index) =>
    writeEntry(layout, header.entries + entry.size * index, each, architecture),
  );
  return layout.finish(program.entries.length);
}

function writeEntry(
  layout: Layout,
  offset: number,
  { call, ignore, minimum, candidate, successor }: ProgramEntry,
  architecture: Architecture,
): void {
  layout.word(offset, BigInt(systemCallNumbers[call.name][architecture]));
  let indirect = 0;
  call.arguments.forEach((argument, index) => {
    if (argument.kind === "result") indirect |= 1 << index;
    writeArgument(layout, offset + entry.arguments + 8 * index, argument);
  });
  layout.short(offset + entry.indirect, indirect);
  layout.short(
    offset + entry.flags,
    (ignore === "all" ? ignoreAllErrors : 0) |
      (candidate ? candidateFlag : 0) |
      (successor ? successorFlag : 0),
  );
  if (ignore !== "all")
    ignore.forEach((name, index) =>
      layout.short(offset + entry.ignoredErrors + 2 * index, errnoNumber(name)),
    );
  layout.word(offset + entry.minimum, BigInt(minimum));
}

function writeArgument(layout: Layout, offset: number, argument: Argument): void {
  switch (argument.kind) {
    case "integer": {
      layout.word(offset, argument.value);
      return;
    }
    case "memory": {
      layout.address(
        offset,
        argument.written ? layout.space(argument.bytes.length) : layout.data(argument.bytes),
      );
      return;
    }
    case "strings": {
      layout.address(offset, layout.pointers(argument.strings));
      return;
    }
    case "result": {
      layout.address(offset, header.entries + entry.size * argument.entry + entry.result);
      return;
    }
    case "placeholder":
      layout.placeholder(offset, argument.name);
  }
}

/** Bytes as words. In a process that has just begun, to write them costs a fraction of what it does through a Buffer. */
const viewOf = ({ buffer, byteOffset, byteLength }: Buffer) =>
  new DataView(buffer, byteOffset, byteLength);

/** Memory that grows at its end, where data is appended. */
class Layout {
  #bytes: Buffer;
  #view: DataView;
  #end: number;
  readonly #addresses: number[] = [];
  readonly #placeholders: { offset: number; name: string }[] = [];
  /** Data by content, so that a string used often is stored once. */
  readonly #known = new Map<string, number>();

  constructor(tableEnd: number) {
    this.#bytes = Buffer.alloc(tableEnd * 2);
    this.#view = viewOf(this.#bytes);
    this.#end = tableEnd;
  }

  word(offset: number, value: bigint): void {
    this.#view.setBigUint64(offset, value, true);
  }

  short(offset: number, value: number): void {
    this.#view.setUint16(offset, value, true);
  }

  address(offset: number, target: number): void {
    this.word(offset, BigInt(target));
    this.#addresses.push(offset);
  }

  placeholder(offset: number, name: string): void {
    this.#placeholders.push({ offset, name });
  }

  /** Appends bytes, aligned as the largest C type needs, and returns their offset. */
  data(bytes: Uint8Array): number {
    const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const key = content.toString("latin1");
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const offset = this.#reserve(content.length);
    content.copy(this.#bytes, offset);
    this.#known.set(key, offset);
    return offset;
  }

  /** Appends room for the kernel to write to, and returns its offset. */
  space(size: number): number {
    return this.#reserve(size);
  }

  pointers(strings: readonly Uint8Array[]): number {
    const targets = strings.map((each) => this.data(each));
    const offset = this.#reserve(8 * (targets.length + 1));
    targets.forEach((target, index) => this.address(offset + 8 * index, target));
    return offset;
  }

  finish(entryCount: number): ProgramImage {
    this.address(header.cloneArguments, header.cloneArgumentsData);
    this.word(header.entryCount, BigInt(entryCount));
    this.word(header.allSignals, 0xffff_ffff_ffff_ffffn);
    return {
      bytes: this.#bytes.subarray(0, this.#end),
      addresses: this.#addresses,
      placeholders: this.#placeholders,
    };
  }

  #reserve(size: number): number {
    const offset = Math.ceil(this.#end / 16) * 16;
    this.#end = offset + size;
    if (this.#end > this.#bytes.length) {
      const grown = Buffer.alloc(this.#end * 2);
      this.#bytes.copy(grown);
      this.#bytes = grown;
      this.#view = viewOf(grown);
    }
    return offset;
  }
}

/**
 * Writes an image to the memory where it is to run.
 * @param base the address of `memory`
 * @param values what the placeholders stand for
 * @throws RangeError when the memory is too small
 * @throws TypeError when a placeholder has no value
 */
export function placeImage(
  image: ProgramImage,
  memory: Buffer,
  base: bigint,
  values: Readonly<Record<string, number>>,
): void {
  if (image.bytes.length > memory.length)
    throw new RangeError(
      `the program needs ${image.bytes.length} bytes, its memory has ${memory.length}`,
    );
  relocate(image, base).copy(memory);
  for (const { offset, name } of image.placeholders) {
    const value = values[name];
    if (value === undefined) throw new TypeError(`the launch gives no value for $${name}`);
    memory.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)), offset);
  }
}

/** Images for the address where each was placed last: the next container most often has both again. */
const relocated = new WeakMap<ProgramImage, { readonly base: bigint; readonly bytes: Buffer }>();

function relocate(image: ProgramImage, base: bigint): Buffer {
  const last = relocated.get(image);
  if (last?.base === base) return last.bytes;
  const bytes = Buffer.from(image.bytes);
  const view = viewOf(bytes);
  for (const offset of image.addresses)
    view.setBigUint64(offset, base + view.getBigUint64(offset, true), true);
  relocated.set(image, { base, bytes });
  return bytes;
}

/** Which entry failed and with what: an error number, or 0 for a result below the minimum. */
export interface FailureRecord {
  readonly index: number;
  readonly errno: number;
}

/** What the child recorded, or `undefined` when no entry failed (so far). */
export function readFailure(memory: Buffer, base: bigint): FailureRecord | undefined {
  const address = memory.readBigUInt64LE(header.failedEntry);
  if (address === 0n) return undefined;
  const index = (Number(address - base) - header.entries) / entry.size;
  const result = readResult(memory, index);
  return { index, errno: result < 0n ? Number(-result) : 0 };
}

/** What the system call of an entry returned. */
export function readResult(memory: Buffer, index: number): bigint {
  return memory.readBigInt64LE(header.entries + entry.size * index + entry.result);
}
