/** Links: network interfaces. Source: rtnetlink(7), ip-link(8). */
import { IFF_UP } from "../calls/socket.js";
import {
  AF_UNSPEC,
  IFLA_ADDRESS,
  IFLA_IFNAME,
  IFLA_INFO_DATA,
  IFLA_INFO_KIND,
  IFLA_LINK,
  IFLA_LINK_NETNSID,
  IFLA_LINKINFO,
  IFLA_MASTER,
  IFLA_MTU,
  IFLA_NET_NS_FD,
  messageType,
  NLM_F_CREATE,
  NLM_F_EXCL,
  VETH_INFO_PEER,
} from "./constants.js";
import {
  decodeAttributes,
  encodeAttributes,
  number32,
  readText,
  text,
  type Attribute,
  type Message,
} from "./message.js";
import { NetlinkError } from "./netlink-error.js";
import type { NetlinkSocket } from "./socket.js";

export interface Link {
  readonly index: number;
  readonly name: string;
  /** `bridge`, `veth` and so on; a physical interface and `lo` have none. */
  readonly kind: string | undefined;
  readonly up: boolean;
  readonly mtu: number;
  /** The hardware address, such as `02:42:0a:00:00:01`. */
  readonly address: string | undefined;
  /** The index of the bridge the link is a port of. */
  readonly master: number | undefined;
  /** For a veth, the index of its peer, in the peer's namespace. */
  readonly peer: number | undefined;
  /** The number by which this namespace knows the peer's, when that is another one. */
  readonly peerNamespace: number | undefined;
}

/** Size of struct ifinfomsg. */
const linkHeaderSize = 16;
const nameLimit = 15;

/** struct ifinfomsg followed by attributes. */
function linkBody(
  attributes: readonly Attribute[],
  { index = 0, flags = 0, change = 0 } = {},
): Buffer {
  const header = Buffer.alloc(linkHeaderSize);
  header.writeUInt8(AF_UNSPEC, 0);
  header.writeInt32LE(index, 4);
  header.writeUInt32LE(flags, 8);
  header.writeUInt32LE(change, 12);
  return Buffer.concat([header, encodeAttributes(attributes)]);
}

function nameAttribute(name: string): Attribute {
  if (Buffer.byteLength(name) > nameLimit || !/^[^\s/:\0]+$/.test(name) || /^\.\.?$/.test(name))
    throw new TypeError(`not a name for a link: ${JSON.stringify(name)}`);
  return { type: IFLA_IFNAME, value: text(name) };
}

function hardwareAddress(address: string): Attribute {
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(address))
    throw new TypeError(`not a hardware address: ${JSON.stringify(address)}`);
  return { type: IFLA_ADDRESS, value: Buffer.from(address.replaceAll(":", ""), "hex") };
}

/** What a link may be given when it is made. */
export interface NewLink {
  /** At most 15 bytes. */
  readonly name: string;
  /** Hardware address; default: a random one. */
  readonly address?: string | undefined;
  /** Bytes. */
  readonly mtu?: number | undefined;
}

function newLinkAttributes({ name, address, mtu }: NewLink): Attribute[] {
  return [
    nameAttribute(name),
    ...(address === undefined ? [] : [hardwareAddress(address)]),
    ...(mtu === undefined ? [] : [{ type: IFLA_MTU, value: number32(mtu) }]),
  ];
}

/**
 * Makes a bridge, down: `ip link add NAME type bridge`.
 * @throws NetlinkError EEXIST when there is a link of that name
 */
export function createBridge(socket: NetlinkSocket, bridge: NewLink): void {
  const kind = [{ type: IFLA_INFO_KIND, value: Buffer.from("bridge") }];
  socket.change({
    type: messageType.RTM_NEWLINK,
    flags: NLM_F_CREATE | NLM_F_EXCL,
    body: linkBody([...newLinkAttributes(bridge), { type: IFLA_LINKINFO, value: kind }]),
    description: `create bridge ${bridge.name}`,
  });
}

export interface VethPair extends NewLink {
  /** The bridge that is to have this end as a port: its index. */
  readonly master?: number | undefined;
  /** Whether this end is up from the beginning. */
  readonly up?: boolean | undefined;
  readonly peer: NewLink & {
    /** A descriptor of the network namespace the peer is born in; default: that of the socket. */
    readonly namespaceFd?: number | undefined;
  };
}

/**
 * Makes a veth pair in one request: `ip link add NAME … type veth peer name PEER netns …`. The peer
 * never exists in this namespace, so its name need not be free here. It is born down: the kernel lets
 * an end be up only when both exist, and makes the peer first.
 * @throws NetlinkError EEXIST when one of the names is taken
 */
export function createVethPair(socket: NetlinkSocket, pair: VethPair): void {
  const { peer } = pair;
  const peerBody = linkBody([
    ...newLinkAttributes(peer),
    ...(peer.namespaceFd === undefined
      ? []
      : [{ type: IFLA_NET_NS_FD, value: number32(peer.namespaceFd) }]),
  ]);
  const information: Attribute[] = [
    { type: IFLA_INFO_KIND, value: Buffer.from("veth") },
    { type: IFLA_INFO_DATA, value: [{ type: VETH_INFO_PEER, value: peerBody }] },
  ];
  const attributes: Attribute[] = [
    ...newLinkAttributes(pair),
    { type: IFLA_LINKINFO, value: information },
    ...(pair.master === undefined ? [] : [{ type: IFLA_MASTER, value: number32(pair.master) }]),
  ];
  socket.change({
    type: messageType.RTM_NEWLINK,
    flags: NLM_F_CREATE | NLM_F_EXCL,
    body: linkBody(attributes, pair.up === true ? { flags: IFF_UP, change: IFF_UP } : {}),
    description: `create veth pair ${pair.name} and ${peer.name}`,
  });
}

/** A link by name or by index. */
export type LinkReference = string | number;

export interface LinkChange {
  readonly up?: boolean;
  /** The bridge it is to be a port of, by index; null takes it out of its bridge. */
  readonly master?: number | null;
  /** A new name; the link must be down, and unused in the namespace it moves to. */
  readonly name?: string;
  /** A descriptor of the network namespace it moves to, where it arrives down. */
  readonly namespaceFd?: number;
  readonly mtu?: number;
  readonly address?: string;
}

/**
 * Changes a link: `ip link set`. All changes are made by one request.
 * @throws NetlinkError ENODEV when there is no such link
 */
export function changeLink(
  socket: NetlinkSocket,
  reference: LinkReference,
  change: LinkChange,
): void {
  const { up, master, name, namespaceFd, mtu, address } = change;
  // The kernel finds it by its name where that is not what changes.
  const byName = typeof reference === "string" && name === undefined;
  const index = byName ? 0 : indexOf(socket, reference);
  const attributes: Attribute[] = [
    ...(byName ? [nameAttribute(reference)] : []),
    ...(master === undefined ? [] : [{ type: IFLA_MASTER, value: number32(master ?? 0) }]),
    ...(name === undefined ? [] : [nameAttribute(name)]),
    ...(namespaceFd === undefined ? [] : [{ type: IFLA_NET_NS_FD, value: number32(namespaceFd) }]),
    ...(mtu === undefined ? [] : [{ type: IFLA_MTU, value: number32(mtu) }]),
    ...(address === undefined ? [] : [hardwareAddress(address)]),
  ];
  const upFlags = up === undefined ? {} : { flags: up ? IFF_UP : 0, change: IFF_UP };
  socket.change({
    type: messageType.RTM_NEWLINK,
    body: linkBody(attributes, { index, ...upFlags }),
    description: `set link ${reference}: ${describeChange(change)}`,
  });
}

function describeChange(change: LinkChange): string {
  const words = Object.entries(change).map(([key, value]) => {
    if (key === "up") return value === true ? "up" : "down";
    if (key === "master" && value === null) return "no master";
    return `${key === "namespaceFd" ? "namespace of descriptor" : key} ${String(value)}`;
  });
  return words.join(", ");
}

/**
 * Deletes a link; of a veth pair, both ends: `ip link delete`. The kernel waits until nobody uses it any more: 40 ms
 * for a bridge.
 * @throws NetlinkError (rejects) ENODEV when there is no such link
 */
export function deleteLink(socket: NetlinkSocket, reference: LinkReference): Promise<void> {
  const byName = typeof reference === "string";
  return socket.changeAside({
    type: messageType.RTM_DELLINK,
    body: byName ? linkBody([nameAttribute(reference)]) : linkBody([], { index: reference }),
    description: `delete link ${reference}`,
  });
}

/** A link by its name or index, or `undefined` when there is none; the kernel would find alternative names, too. */
export function getLink(socket: NetlinkSocket, reference: LinkReference): Link | undefined {
  try {
    const link = requireLink(socket, reference);
    return typeof reference === "string" && link.name !== reference ? undefined : link;
  } catch (error) {
    if (error instanceof NetlinkError && error.errnoName === "ENODEV") return undefined;
    throw error;
  }
}

function requireLink(socket: NetlinkSocket, reference: LinkReference): Link {
  const byName = typeof reference === "string";
  const [message] = socket.get({
    type: messageType.RTM_GETLINK,
    body: byName ? linkBody([nameAttribute(reference)]) : linkBody([], { index: reference }),
    description: `get link ${reference}`,
  });
  if (message === undefined) throw new Error(`get link ${reference}: the kernel gave no answer`);
  return decodeLink(message);
}

const indexOf = (socket: NetlinkSocket, reference: LinkReference): number =>
  typeof reference === "number" ? reference : getLinkIndex(socket, reference);

/**
 * The index of a link, which does not change while the link exists.
 * @throws NetlinkError ENODEV when there is no such link
 */
export function getLinkIndex(socket: NetlinkSocket, name: string): number {
  return requireLink(socket, name).index;
}

/** All links of the socket's namespace, by index. */
export function listLinks(socket: NetlinkSocket): Link[] {
  const request = { type: messageType.RTM_GETLINK, body: linkBody([]), description: "list links" };
  return socket.list(request).map(decodeLink);
}

/** A link from a message RTM_NEWLINK. */
export function decodeLink({ body }: Message): Link {
  const attributes = decodeAttributes(body.subarray(linkHeaderSize));
  const information = attributes.get(IFLA_LINKINFO);
  const kind =
    information === undefined ? undefined : decodeAttributes(information).get(IFLA_INFO_KIND);
  const name = attributes.get(IFLA_IFNAME);
  const address = attributes.get(IFLA_ADDRESS);
  return {
    index: body.readInt32LE(4),
    name: name === undefined ? "" : readText(name),
    kind: kind === undefined ? undefined : readText(kind),
    up: (body.readUInt32LE(8) & IFF_UP) !== 0,
    mtu: attributes.get(IFLA_MTU)?.readUInt32LE() ?? 0,
    address: address?.toString("hex").replaceAll(/(..)(?=.)/g, "$1:"),
    master: attributes.get(IFLA_MASTER)?.readUInt32LE(),
    peer: attributes.get(IFLA_LINK)?.readUInt32LE(),
    peerNamespace: attributes.get(IFLA_LINK_NETNSID)?.readInt32LE(),
  };
}
