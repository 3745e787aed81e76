import { addAddress } from "../kernel/netlink/addresses.js";
import { changeLink } from "../kernel/netlink/links.js";
import { addRoute } from "../kernel/netlink/routes.js";
import { NetlinkSocket } from "../kernel/netlink/socket.js";
import { text } from "../model/param.js";
import type { Value } from "../model/value.js";
import { defineStep, type Explanation } from "./step.js";
import type { Language } from "../model/language.js";

export interface InterfacesFields {
  readonly name: Value<"name">;
  /** The container's end of the veth pair; undefined when it has only loopback. */
  readonly bridged:
    | {
        readonly interface: string;
        /** Prefix length of the subnet in bits. */
        readonly prefix: number;
        /** Where packets for other networks go: the bridge's address. */
        readonly gateway: string;
      }
    | undefined;
}

const bridgedExplanation: Record<Language, Explanation> = {
  en: {
    what: "Inside the network namespace: brings loopback up, gives the interface the leased address, sets it up, and sends everything it does not know to the bridge's address, the default route.",
    without:
      'The cable is plugged in and switched off: no packet passes. Without the route, everything but the subnet is "Network is unreachable".',
  },
  zh: {
    what: "在 network namespace 中：启用回环接口，为接口配置分配到的地址并启用，再添加默认路由，把发往其他网络的数据包都交给网桥的地址。",
    without:
      "网线插上了却没有通电：任何数据包都过不去。没有默认路由时，除本网段外访问任何地址都会报 “Network is unreachable”。",
  },
};

const loopbackExplanation: Record<Language, Explanation> = {
  en: {
    what: "Brings loopback up inside the network namespace; there is no other interface.",
    without: "Not even programs inside the container can talk to each other at 127.0.0.1.",
  },
  zh: {
    what: "在 network namespace 中启用回环接口；除此之外没有其他接口。",
    without: "连容器内的程序之间也无法通过 127.0.0.1 通信。",
  },
};

/** Gives the interfaces inside the network namespace their addresses and switches them on. */
export const interfaces = defineStep<InterfacesFields>({
  kind: "interfaces",
  where: "host",
  phase: "network",
  title: ({ bridged }) =>
    bridged === undefined
      ? { en: "bring up loopback", zh: "启用回环接口" }
      : {
          en: text`give ${bridged.interface} its address and route everything through ${bridged.gateway}`,
          zh: text`为 ${bridged.interface} 配置地址，默认路由指向 ${bridged.gateway}`,
        },
  explanation: ({ bridged }) => (bridged === undefined ? loopbackExplanation : bridgedExplanation),
  manual: ["ip-address(8)", "ip-route(8)"],
  tools: () => ["ip"],
  effects: () => [],
  perform: ({ bridged }, { address, networkNamespace }) => {
    using socket = new NetlinkSocket(networkNamespace);
    changeLink(socket, "lo", { up: true });
    if (bridged === undefined) return;
    addAddress(socket, bridged.interface, `${address}/${String(bridged.prefix)}`);
    changeLink(socket, bridged.interface, { up: true });
    addRoute(socket, { destination: "default", gateway: bridged.gateway });
  },
  undo: undefined,
});
