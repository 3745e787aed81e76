import { type Address, listAddresses } from "../../kernel/netlink/addresses.js";
import { type Link, listLinks } from "../../kernel/netlink/links.js";
import { listRoutes, type Route } from "../../kernel/netlink/routes.js";
import type { NetlinkSocket } from "../../kernel/netlink/socket.js";
import { byText } from "./proc.js";

export interface ObservedLink {
  readonly name: string;
  /** `veth`, `bridge` and so on; hardware and loopback have none. */
  readonly kind?: string;
  readonly up: boolean;
  readonly mtu: number;
  /** The bridge it is a port of. */
  readonly master?: string;
  /** With prefix lengths; without what an IPv6 link gives itself (::1, fe80::…). */
  readonly addresses: readonly string[];
}

export interface ObservedRoute {
  readonly destination: string;
  readonly gateway?: string;
  readonly link?: string;
  readonly metric?: number;
}

export interface ObservedNetwork {
  readonly links: readonly ObservedLink[];
  /** The main table. */
  readonly routes: readonly ObservedRoute[];
}

/** What is in the network namespace of a socket. */
export function observeNetwork(socket: NetlinkSocket): ObservedNetwork {
  const links = listLinks(socket);
  const nameOf = (index: number | undefined) =>
    links.find((link) => link.index === index)?.name ?? String(index);
  const addresses = listAddresses(socket);
  return {
    links: links
      .filter((link) => !isFallbackTunnel(link))
      .sort((left, right) => byText(left.name, right.name))
      .map((link) => ({
        name: link.name,
        ...(link.kind === undefined ? {} : { kind: link.kind }),
        up: link.up,
        mtu: link.mtu,
        ...(link.master === undefined ? {} : { master: nameOf(link.master) }),
        addresses: addressesOf(link, addresses),
      })),
    routes: listRoutes(socket)
      .filter((route) => !isAutomatic(route.destination))
      .map(({ destination, gateway, link, metric }: Route) => ({
        destination,
        ...(gateway === undefined ? {} : { gateway }),
        ...(link === undefined ? {} : { link: nameOf(link) }),
        ...(metric === undefined ? {} : { metric }),
      })),
  };
}

/** The addresses of a link that somebody gave it. */
export function addressesOf(link: Link, addresses: readonly Address[]): string[] {
  return addresses
    .filter((each) => each.link === link.index && !isAutomatic(each.address))
    .map(({ address }) => address);
}

/** What an IPv6 link has by itself, made from its hardware address: it comes a moment after the link. */
const isAutomatic = (address: string) => /^(::1|fe80:.*|ff00:.*)\/\d+$/.test(address);

/** What the kernel puts into every new network namespace once the module of a tunnel was loaded. */
const isFallbackTunnel = ({ name, up }: Link) =>
  !up && /^(tunl|gre|gretap|erspan|sit|ip6tnl|ip6gre|ip_vti|ip6_vti)0$/.test(name);
