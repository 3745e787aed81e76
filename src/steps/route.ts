import { text } from "../model/param.js";
import type { Value } from "../model/value.js";
import { defineStep } from "./step.js";

export interface RouteFields {
  readonly name: Value<"name">;
  readonly gateway: string;
}

/** The container's way out: everything it does not know goes to the bridge. */
export const route = defineStep<RouteFields>({
  kind: "route",
  where: "host",
  phase: "network",
  title: ({ gateway }) => ({
    en: text`route everything through ${gateway}`,
    zh: text`默认路由指向 ${gateway}`,
  }),
  explanation: {
    en: {
      what: "Adds the default route inside the network namespace: packets for other networks go to the bridge's address.",
      without: 'Everything but the subnet is "Network is unreachable".',
    },
    zh: {
      what: "在 network namespace 中添加默认路由：发往其他网络的数据包都交给网桥的地址。",
      without: "除本网段外，访问任何地址都会报 “Network is unreachable”。",
    },
  },
  manual: ["ip-route(8)"],
  tools: () => ["ip"],
  effects: () => [],
  undo: undefined,
});
