/** Routes. Source: rtnetlink(7), ip-route(8). */
import {
  AF_INET,
  AF_UNSPEC,
  messageType,
  NLM_F_CREATE,
  NLM_F_EXCL,
  RT_SCOPE_LINK,
  RT_SCOPE_UNIVERSE,
  RT_TABLE_MAIN,
  RTA_DST,
  RTA_GATEWAY,
  RTA_OIF,
  RTA_PRIORITY,
  RTA_TABLE,
  RTN_UNICAST,
  RTPROT_BOOT,
} from "./constants.js";
import { formatAddress, parseAddress, parsePrefix } from "./internet-address.js";
import { getLinkIndex, type LinkReference } from "./links.js";
import {
  decodeAttributes,
  encodeAttributes,
  number32,
  type Attribute,
  type Message,
} from "./message.js";
import type { NetlinkSocket } from "./socket.js";

export interface Route {
  /** `default`, or a network such as `10.0.0.0/24`. */
  readonly destination: string;
  readonly family: number;
  readonly gateway: string | undefined;
  /** The index of the link. */
  readonly link: number | undefined;
  /** Of several routes to one destination the one with the lowest counts. */
  readonly metric: number | undefined;
}

export interface NewRoute {
  /** `default`, or a network such as `10.0.0.0/24`. */
  readonly destination: string;
  /** At least one of `gateway` and `link`. */
  readonly gateway?: string | undefined;
  readonly link?: LinkReference | undefined;
}

/** Size of struct rtmsg. */
const routeHeaderSize = 12;

interface RouteHeader {
  readonly family?: number;
  readonly destinationLength?: number;
  readonly table?: number;
  readonly protocol?: number;
  readonly scope?: number;
  readonly type?: number;
}

function routeBody(header: RouteHeader, attributes: readonly Attribute[]): Buffer {
  const bytes = Buffer.alloc(routeHeaderSize);
  bytes.writeUInt8(header.family ?? AF_UNSPEC, 0);
  bytes.writeUInt8(header.destinationLength ?? 0, 1);
  bytes.writeUInt8(header.table ?? 0, 4);
  bytes.writeUInt8(header.protocol ?? 0, 5);
  bytes.writeUInt8(header.scope ?? 0, 6);
  bytes.writeUInt8(header.type ?? 0, 7);
  return Buffer.concat([bytes, encodeAttributes(attributes)]);
}

/**
 * Adds a route to the main table: `ip route add default via 10.0.0.1`.
 * @throws NetlinkError EEXIST when there is one; ENETUNREACH when the gateway is on no link
 * @throws TypeError when an address is none, or there is neither gateway nor link
 */
export function addRoute(socket: NetlinkSocket, route: NewRoute): void {
  const { gateway, link } = route;
  const via = gateway === undefined ? undefined : parseAddress(gateway);
  const to = route.destination === "default" ? undefined : parsePrefix(route.destination);
  if (via === undefined && link === undefined)
    throw new TypeError(`the route to ${route.destination} has neither gateway nor link`);
  if (via !== undefined && to !== undefined && via.family !== to.family)
    throw new TypeError(`the route to ${route.destination} has a gateway of another family`);
  const family = via?.family ?? to?.family ?? AF_INET;
  const index = typeof link === "string" ? getLinkIndex(socket, link) : link;
  socket.change({
    type: messageType.RTM_NEWROUTE,
    flags: NLM_F_CREATE | NLM_F_EXCL,
    body: routeBody(
      {
        family,
        destinationLength: to?.length ?? 0,
        table: RT_TABLE_MAIN,
        protocol: RTPROT_BOOT,
        // iproute2's rule: without a gateway the destination is on the link itself (IPv4 only).
        scope: via === undefined && family === AF_INET ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE,
        type: RTN_UNICAST,
      },
      [
        ...(to === undefined ? [] : [{ type: RTA_DST, value: to.bytes }]),
        ...(via === undefined ? [] : [{ type: RTA_GATEWAY, value: via.bytes }]),
        ...(index === undefined ? [] : [{ type: RTA_OIF, value: number32(index) }]),
      ],
    ),
    description: describeRoute(route),
  });
}

function describeRoute({ destination, gateway, link }: NewRoute): string {
  const via = gateway === undefined ? "" : ` via ${gateway}`;
  const device = link === undefined ? "" : ` dev ${link}`;
  return `add route ${destination}${via}${device}`;
}

/** The routes of the main table, of both families. */
export function listRoutes(socket: NetlinkSocket): Route[] {
  return socket
    .list({ type: messageType.RTM_GETROUTE, body: routeBody({}, []), description: "list routes" })
    .filter((message) => tableOf(message) === RT_TABLE_MAIN)
    .map(decodeRoute);
}

function tableOf({ body }: Message): number {
  const table = decodeAttributes(body.subarray(routeHeaderSize)).get(RTA_TABLE);
  return table?.readUInt32LE() ?? body.readUInt8(4);
}

/** A route from a message RTM_NEWROUTE. */
export function decodeRoute({ body }: Message): Route {
  const attributes = decodeAttributes(body.subarray(routeHeaderSize));
  const to = attributes.get(RTA_DST);
  const gateway = attributes.get(RTA_GATEWAY);
  return {
    destination: to === undefined ? "default" : `${formatAddress(to)}/${body.readUInt8(1)}`,
    family: body.readUInt8(0),
    gateway: gateway === undefined ? undefined : formatAddress(gateway),
    link: attributes.get(RTA_OIF)?.readUInt32LE(),
    metric: attributes.get(RTA_PRIORITY)?.readUInt32LE(),
  };
}
