import { text } from "../model/param.js";
import type { Value } from "../model/value.js";
import { defineStep } from "./step.js";

export interface InterfaceFields {
  readonly name: Value<"name">;
  readonly interface: string;
  /** Prefix length of the subnet in bits. */
  readonly prefix: number;
}

/** Gives the container's interface its address and switches it on. */
export const networkInterface = defineStep<InterfaceFields>({
  kind: "interface",
  where: "host",
  phase: "network",
  title: (fields) => ({
    en: text`give ${fields.interface} its address`,
    zh: text`为 ${fields.interface} 配置地址`,
  }),
  explanation: {
    en: {
      what: "Assigns the leased address to the interface inside the network namespace and sets it up.",
      without: "The cable is plugged in and switched off: no packet passes.",
    },
    zh: {
      what: "在 network namespace 中把分配到的地址配置给接口，并启用接口。",
      without: "网线插上了却没有通电：任何数据包都过不去。",
    },
  },
  manual: ["ip-address(8)"],
  tools: () => ["ip"],
  effects: () => [],
  undo: undefined,
});
