import { readFileSync, readdirSync } from "node:fs";
import { listAddresses } from "../../kernel/netlink/addresses.js";
import { type Link, listLinks } from "../../kernel/netlink/links.js";
import type { NetlinkSocket } from "../../kernel/netlink/socket.js";
import { vethOf } from "../../steps/address.js";
import { readOrEmpty } from "../../steps/records.js";
import { readRules } from "./iptables.js";
import { addressesOf } from "./network.js";
import { byText } from "./proc.js";
import { type ObservedDirectory, observeRunDirectory } from "./run-directory.js";

/** What there is on the host on a container's account. */
export interface HostPart {
  /** The host's end of the container's cable; its name when it is not made from the address. */
  readonly veth:
    | {
        readonly name: string;
        readonly up: boolean;
        readonly master?: string;
        /** Whether the bridge may send a packet back where it came from. */
        readonly hairpin?: true;
      }
    | undefined;
  /** What the cable is plugged into. */
  readonly bridge:
    | {
        readonly name: string;
        readonly up: boolean;
        readonly addresses: readonly string[];
        readonly ports: number;
        /** Whether it takes packets of 127.0.0.0/8. */
        readonly routeLocalnet: boolean;
      }
    | undefined;
  /** The firewall's rules that Cooper has marked as its own. */
  readonly rules: readonly string[];
  readonly ipForward: boolean;
  /** The names below /run/netns. */
  readonly networkNamespaces: readonly string[];
  readonly runDirectory: ObservedDirectory;
}

/**
 * @param host a socket in the observer's network namespace
 * @param container one in the container's, if that is another
 */
export async function observeHostPart(
  host: NetlinkSocket,
  container: NetlinkSocket | undefined,
  runDirectory: string,
): Promise<HostPart> {
  const links = listLinks(host);
  const ends = container === undefined ? [] : listLinks(container);
  const end = ends.find((link) => link.kind === "veth");
  const veth = end && links.find((link) => link.kind === "veth" && link.index === end.peer);
  const bridge = veth && links.find((link) => link.index === veth.master);
  const address =
    container &&
    end &&
    addressesOf(end, listAddresses(container)).find((each) => !each.includes(":"));
  return {
    veth: veth && {
      name: vethName(veth, address),
      up: veth.up,
      ...(bridge === undefined ? {} : { master: bridge.name }),
      ...(isHairpin(veth.name) ? { hairpin: true as const } : {}),
    },
    bridge: bridge && {
      name: bridge.name,
      up: bridge.up,
      addresses: addressesOf(bridge, listAddresses(host)),
      ports: links.filter(({ master }) => master === bridge.index).length,
      routeLocalnet: routesLocalnet(bridge.name),
    },
    rules: (await readRules()).filter((rule) => / --comment "?cooper:/.test(rule)),
    ipForward: readFileSync("/proc/sys/net/ipv4/ip_forward", "utf8").trim() === "1",
    networkNamespaces: readNetworkNamespaces(),
    runDirectory: observeRunDirectory(runDirectory),
  };
}

const isHairpin = (link: string) =>
  readOrEmpty(`/sys/class/net/${link}/brport/hairpin_mode`).trim() === "1";

/** Whether an interface takes packets of 127.0.0.0/8. */
const routesLocalnet = (link: string) =>
  readFileSync(`/proc/sys/net/ipv4/conf/${link}/route_localnet`, "utf8").trim() === "1";

/** Every container has another address and hence another name here: `veth<address>` stands for all. */
function vethName({ name }: Link, address: string | undefined): string {
  const [host = ""] = (address ?? "").split("/");
  return name === vethOf(host) ? "veth<address>" : name;
}

/** The names of network namespaces, as ip-netns(8) keeps them. */
export function readNetworkNamespaces(): string[] {
  try {
    return readdirSync("/run/netns").sort(byText);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
