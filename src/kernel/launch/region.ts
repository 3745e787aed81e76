import { mapMemory, memoryView } from "../libc.js";

/** Memory that a child shares with its parent also without CLONE_VM. */
export interface Region {
  readonly address: bigint;
  readonly memory: Buffer;
}

const smallestSize = 65536;

/**
 * Regions that no child uses. They are never unmapped: a buffer over unmapped memory would crash
 * the process at its next use, and the next launch wants one anyway.
 */
const free: Region[] = [];

/** A region of at least `size` bytes, to be given back with {@link releaseRegion}. */
export function acquireRegion(size: number): Region {
  const index = free.findIndex((each) => each.memory.length >= size);
  const [found] = index === -1 ? [] : free.splice(index, 1);
  if (found !== undefined) return found;
  const mappedSize = Math.max(smallestSize, 2 ** Math.ceil(Math.log2(size)));
  const address = mapMemory(mappedSize, "shared");
  return { address, memory: memoryView(address, mappedSize) };
}

/** Gives a region back: its child has executed its command or is gone. */
export function releaseRegion(region: Region): void {
  free.push(region);
}
