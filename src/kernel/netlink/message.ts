/** Netlink messages as bytes, both ways. Pure. Source: netlink(7), rtnetlink(3). */
import { NLA_F_NESTED, NLA_TYPE_MASK } from "./constants.js";

const headerSize = 16;
const attributeHeaderSize = 4;

export interface Message {
  readonly type: number;
  readonly flags: number;
  readonly sequence: number;
  /** The fixed part that follows the header, and the attributes. */
  readonly body: Buffer;
}

/** One attribute to be sent: bytes, or attributes nested in it. */
export interface Attribute {
  readonly type: number;
  readonly value: Uint8Array | readonly Attribute[];
}

function padded(size: number): number {
  return (size + 3) & ~3;
}

/** A message with its header; the sender's port is left for the kernel to fill in. */
export function encodeMessage({ type, flags, sequence, body }: Message): Buffer {
  const message = Buffer.alloc(headerSize + body.length);
  message.writeUInt32LE(message.length, 0);
  message.writeUInt16LE(type, 4);
  message.writeUInt16LE(flags, 6);
  message.writeUInt32LE(sequence, 8);
  body.copy(message, headerSize);
  return message;
}

/**
 * The messages of one datagram.
 * @throws RangeError when a length does not fit the datagram
 */
export function decodeMessages(datagram: Buffer): Message[] {
  const messages: Message[] = [];
  for (let offset = 0; offset < datagram.length;) {
    const size = datagram.length - offset < headerSize ? 0 : datagram.readUInt32LE(offset);
    if (size < headerSize || offset + size > datagram.length)
      throw new RangeError(`a netlink message of ${size} bytes at ${offset} of ${datagram.length}`);
    messages.push({
      type: datagram.readUInt16LE(offset + 4),
      flags: datagram.readUInt16LE(offset + 6),
      sequence: datagram.readUInt32LE(offset + 8),
      body: datagram.subarray(offset + headerSize, offset + size),
    });
    offset += padded(size);
  }
  return messages;
}

/** Attributes one after the other, each padded to four bytes. */
export function encodeAttributes(attributes: readonly Attribute[]): Buffer {
  return Buffer.concat(
    attributes.map(({ type, value }) => {
      const nested = !(value instanceof Uint8Array);
      const content = nested ? encodeAttributes(value) : value;
      const attribute = Buffer.alloc(padded(attributeHeaderSize + content.length));
      attribute.writeUInt16LE(attributeHeaderSize + content.length, 0);
      attribute.writeUInt16LE(nested ? type | NLA_F_NESTED : type, 2);
      attribute.set(content, attributeHeaderSize);
      return attribute;
    }),
  );
}

/**
 * The attributes in `bytes` by type, the last of each.
 * @throws RangeError when a length does not fit
 */
export function decodeAttributes(bytes: Buffer): Map<number, Buffer> {
  const attributes = new Map<number, Buffer>();
  for (let offset = 0; offset + attributeHeaderSize <= bytes.length;) {
    const size = bytes.readUInt16LE(offset);
    if (size < attributeHeaderSize || offset + size > bytes.length)
      throw new RangeError(`a netlink attribute of ${size} bytes at ${offset} of ${bytes.length}`);
    const type = bytes.readUInt16LE(offset + 2) & NLA_TYPE_MASK;
    attributes.set(type, bytes.subarray(offset + attributeHeaderSize, offset + size));
    offset += padded(size);
  }
  return attributes;
}

/** A NUL-terminated string as an attribute's value. */
export function text(value: string): Uint8Array {
  return Buffer.from(`${value}\0`);
}

/** A 32-bit number as an attribute's value. */
export function number32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value | 0);
  return bytes;
}

/** The string in an attribute, up to its NUL. */
export function readText(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString("utf8", 0, end === -1 ? bytes.length : end);
}
