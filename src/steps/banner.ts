import type { Value } from "../model/value.js";
import { defineStep } from "./step.js";

export interface BannerFields {
  readonly name: Value<"name">;
  readonly hostname: Value<"name"> | undefined;
  readonly bridged: boolean;
  readonly gateway: string;
  readonly cpu: { readonly quota: Value<"integer">; readonly period: Value<"integer"> } | undefined;
  readonly memory: Value<"bytes"> | undefined;
}

/** The welcome text. */
export const banner = defineStep<BannerFields>({
  kind: "banner",
  where: "container",
  phase: "command",
  title: () => ({ en: "print the welcome text", zh: "打印欢迎信息" }),
  explanation: {
    en: {
      what: "Tells on standard error what the container is called and what it may use; standard output belongs to the command.",
      without: "Nothing: it is for the reader.",
    },
    zh: {
      what: "在标准错误输出中说明容器的名称和可用资源；标准输出留给命令。",
      without: "没有影响：它只是给人看的。",
    },
  },
  manual: [],
  tools: () => [],
  effects: () => [],
  undo: undefined,
});
