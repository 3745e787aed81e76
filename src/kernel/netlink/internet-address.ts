/** IPv4 and IPv6 addresses as text and bytes. */
import { isIPv4, isIPv6 } from "node:net";
import { AF_INET, AF_INET6 } from "./constants.js";

export interface InternetAddress {
  readonly family: typeof AF_INET | typeof AF_INET6;
  readonly bytes: Buffer;
}

/**
 * An address from its text.
 * @throws TypeError when it is none
 */
export function parseAddress(address: string): InternetAddress {
  if (isIPv4(address))
    return { family: AF_INET, bytes: Buffer.from(address.split(".").map(Number)) };
  if (isIPv6(address) && !address.includes("%"))
    return { family: AF_INET6, bytes: parseIPv6(address) };
  throw new TypeError(`not an IP address: ${JSON.stringify(address)}`);
}

function parseIPv6(address: string): Buffer {
  // URL normalises every way to write one, an embedded IPv4 address included.
  const normal = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [before = "", after] = normal.split("::");
  const groups = (part: string): number[] =>
    part === "" ? [] : part.split(":").map((each) => parseInt(each, 16));
  const head = groups(before);
  const tail = after === undefined ? [] : groups(after);
  const zeros = Array<number>(8 - head.length - tail.length).fill(0);
  const bytes = Buffer.alloc(16);
  [...head, ...zeros, ...tail].forEach((group, index) => bytes.writeUInt16BE(group, 2 * index));
  return bytes;
}

/** The usual text of an address of 4 or 16 bytes. */
export function formatAddress(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join(".");
  const groups = Array.from({ length: 8 }, (_, index) =>
    bytes.readUInt16BE(2 * index).toString(16),
  );
  return new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1);
}

export interface Prefix extends InternetAddress {
  /** How many of the leading bits belong to the network. */
  readonly length: number;
}

/**
 * `address/length`; without a length, all bits.
 * @throws TypeError when it is none
 */
export function parsePrefix(prefix: string): Prefix {
  const [address = "", lengthText, ...rest] = prefix.split("/");
  const parsed = parseAddress(address);
  const all = parsed.bytes.length * 8;
  const length = lengthText === undefined ? all : Number(lengthText);
  const valid = lengthText === undefined || /^\d{1,3}$/.test(lengthText);
  if (rest.length > 0 || !valid || length > all)
    throw new TypeError(`not an IP prefix: ${JSON.stringify(prefix)}`);
  return { ...parsed, length };
}
