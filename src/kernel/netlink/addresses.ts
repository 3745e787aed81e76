/** Addresses of links. Source: rtnetlink(7), ip-address(8). */
import {
  AF_INET,
  AF_UNSPEC,
  IFA_ADDRESS,
  IFA_BROADCAST,
  IFA_LOCAL,
  messageType,
  NLM_F_CREATE,
  NLM_F_EXCL,
  RT_SCOPE_HOST,
  RT_SCOPE_UNIVERSE,
} from "./constants.js";
import { formatAddress, parsePrefix } from "./internet-address.js";
import { getLinkIndex, type LinkReference } from "./links.js";
import { decodeAttributes, encodeAttributes, type Attribute, type Message } from "./message.js";
import type { NetlinkSocket } from "./socket.js";

export interface Address {
  /** The index of its link. */
  readonly link: number;
  /** Address and length of its network's prefix: `10.0.0.1/24`. */
  readonly address: string;
  readonly broadcast: string | undefined;
  /** Whether it is valid only on this host (127.0.0.1, ::1) or link, or everywhere. */
  readonly scope: "universe" | "link" | "host" | number;
}

/** Size of struct ifaddrmsg. */
const addressHeaderSize = 8;

interface AddressHeader {
  readonly family?: number;
  readonly prefixLength?: number;
  readonly scope?: number;
  readonly index?: number;
}

function addressBody(header: AddressHeader, attributes: readonly Attribute[]): Buffer {
  const bytes = Buffer.alloc(addressHeaderSize);
  bytes.writeUInt8(header.family ?? AF_UNSPEC, 0);
  bytes.writeUInt8(header.prefixLength ?? 0, 1);
  bytes.writeUInt8(header.scope ?? RT_SCOPE_UNIVERSE, 3);
  bytes.writeUInt32LE(header.index ?? 0, 4);
  return Buffer.concat([bytes, encodeAttributes(attributes)]);
}

/**
 * Gives a link an address: `ip address add 10.0.0.1/24 dev LINK`.
 * @throws NetlinkError EEXIST when it has that address
 * @throws TypeError when `address` is not of the form `address/length`
 */
export function addAddress(socket: NetlinkSocket, link: LinkReference, address: string): void {
  const { family, bytes, length } = parsePrefix(address);
  const index = typeof link === "number" ? link : getLinkIndex(socket, link);
  // iproute2's rule: what lies in 127.0.0.0/8 is valid on this host only.
  const scope = family === AF_INET && bytes[0] === 127 ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE;
  socket.change({
    type: messageType.RTM_NEWADDR,
    flags: NLM_F_CREATE | NLM_F_EXCL,
    body: addressBody({ family, prefixLength: length, scope, index }, [
      { type: IFA_LOCAL, value: bytes },
      { type: IFA_ADDRESS, value: bytes },
    ]),
    description: `add address ${address} on ${link}`,
  });
}

/** All addresses of the socket's namespace, or of one link of it. */
export function listAddresses(socket: NetlinkSocket, link?: LinkReference): Address[] {
  const index = typeof link === "string" ? getLinkIndex(socket, link) : (link ?? 0);
  return socket
    .list({
      type: messageType.RTM_GETADDR,
      body: addressBody({ index }, []),
      description: link === undefined ? "list addresses" : `list addresses of ${link}`,
    })
    .map(decodeAddress);
}

const scopeNames: Readonly<Record<number, "universe" | "link" | "host">> = {
  0: "universe",
  253: "link",
  254: "host",
};

/** An address from a message RTM_NEWADDR. */
export function decodeAddress({ body }: Message): Address {
  const attributes = decodeAttributes(body.subarray(addressHeaderSize));
  // IFA_LOCAL is the address itself; IPv6 has only IFA_ADDRESS, which else may be the far end.
  const bytes = attributes.get(IFA_LOCAL) ?? attributes.get(IFA_ADDRESS) ?? Buffer.alloc(4);
  const broadcast = attributes.get(IFA_BROADCAST);
  const scope = body.readUInt8(3);
  return {
    link: body.readUInt32LE(4),
    address: `${formatAddress(bytes)}/${body.readUInt8(1)}`,
    broadcast: broadcast === undefined ? undefined : formatAddress(broadcast),
    scope: scopeNames[scope] ?? scope,
  };
}
