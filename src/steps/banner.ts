import { write } from "../kernel/calls/file.js";
import type { Language } from "../model/language.js";
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

const words: Record<
  Language,
  Record<
    | "welcome"
    | "about"
    | "hostname"
    | "address"
    | "cpu"
    | "cpus"
    | "memory"
    | "commands"
    | "ip"
    | "ping"
    | "top"
    | "exit",
    string
  >
> = {
  en: {
    welcome: "Welcome to container ",
    about: "About this container:",
    hostname: "host name:    ",
    address: "IP address:   ",
    cpu: "CPU limit:    ",
    cpus: " CPUs",
    memory: "memory limit: ",
    commands: "Useful commands:",
    ip: "ip addr          show the network configuration",
    ping: "test the network",
    top: "top              show the processes (where there is one)",
    exit: "exit             leave the container",
  },
  zh: {
    welcome: "欢迎来到容器：",
    about: "容器信息：",
    hostname: "主机名：",
    address: "IP 地址：",
    cpu: "CPU 限制：",
    cpus: " 核",
    memory: "内存限制：",
    commands: "可用命令：",
    ip: "ip addr          - 查看网络配置",
    ping: "- 测试网络连通性",
    top: "top              - 查看进程（如果可用）",
    exit: "exit             - 退出容器",
  },
};

const rule = "=".repeat(37);

/**
 * The lines of the welcome text, each as pieces. What is known only at run time is given: as text when the
 * container is started directly, as variables of the script when it is compiled.
 */
export function bannerLines<Piece>(
  language: Language,
  fields: BannerFields,
  late: { readonly address: Piece; readonly cpus: Piece; readonly mebibytes: Piece },
): (string | Value | Piece)[][] {
  const text = words[language];
  const { name, hostname, bridged, gateway, cpu, memory } = fields;
  return [
    [rule],
    ["  ", text.welcome, name],
    [rule],
    [],
    [text.about],
    ...(hostname === undefined ? [] : [["  ", text.hostname, hostname]]),
    ...(bridged ? [["  ", text.address, late.address]] : []),
    ...(cpu === undefined ? [] : [["  ", text.cpu, late.cpus, text.cpus]]),
    ...(memory === undefined ? [] : [["  ", text.memory, late.mebibytes, " MB"]]),
    [],
    [text.commands],
    ...(bridged
      ? [
          ["  ", text.ip],
          ["  ", `ping ${gateway}`.padEnd(17), text.ping],
        ]
      : []),
    ["  ", text.top],
    ["  ", text.exit],
    [],
  ];
}

/** A number of CPUs with two decimals, cut off as integer arithmetic does. */
const cpuCount = (quota: number, period: number) =>
  (Math.floor((quota * 100) / period) / 100).toFixed(2);

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
  lower: (fields, { builder, language, host }) => {
    const { cpu, memory } = fields;
    const lines = bannerLines(language, fields, {
      address: host.address,
      cpus: cpu === undefined ? "" : cpuCount(cpu.quota, cpu.period),
      mebibytes: memory === undefined ? "" : String(Math.floor(memory / 1024 / 1024)),
    });
    const text = lines.map((pieces) => `${pieces.join("")}\n`).join("");
    // It is for the reader, who may be gone.
    builder.step("banner").add(write(2, text), { ignore: "all" });
  },
  undo: undefined,
});
