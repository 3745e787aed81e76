import { HostProblem } from "./host.js";
import { aliveLauncher, containerDirectories, readOrEmpty, writeLine } from "./records.js";
import { text } from "../model/param.js";
import type { PublishedPort } from "../model/spec/publish.js";
import { anyAddress } from "../model/subnet.js";
import type { Text } from "../model/value.js";
import type { Known } from "./known.js";
import { defineStep } from "./step.js";

export interface PortsFields {
  /** The record of the container's ports. */
  readonly file: Text;
  readonly ports: readonly PublishedPort[];
}

/** A published port, once its parameters are known. */
export interface ClaimedPort extends Known<PublishedPort> {
  readonly hostPort: number;
  readonly containerPort: number;
}

/** The ports that a container has claimed, as its directory tells. */
export function readPorts(directory: string): ClaimedPort[] {
  return readOrEmpty(`${directory}/ports`)
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [hostAddress = "", hostPort, containerPort, protocol] = line.split(" ");
      return {
        hostAddress,
        hostPort: Number(hostPort),
        containerPort: Number(containerPort),
        protocol: protocol === "udp" ? "udp" : "tcp",
      };
    });
}

/** `8080:80/tcp`, for a title. */
const shown = ({ hostAddress, hostPort, containerPort, protocol }: PublishedPort): Text =>
  text`${hostAddress === anyAddress ? "" : `${hostAddress}:`}${hostPort}:${containerPort}/${protocol}`;

/** Ports in a list, for a title. */
export const listPorts = (ports: readonly PublishedPort[], separator: string): Text =>
  ports.reduce<Text>(
    (sofar, port, index) => text`${sofar}${index === 0 ? "" : separator}${shown(port)}`,
    text``,
  );

/** Claims the ports of the host that the container publishes, before anything is changed. */
export const ports = defineStep<PortsFields>({
  kind: "ports",
  where: "host",
  phase: "claim",
  title: ({ ports }) => ({
    en: text`claim the ports ${listPorts(ports, ", ")}`,
    zh: text`登记端口 ${listPorts(ports, "、")}`,
  }),
  explanation: {
    en: {
      what: "Looks whether another container has published one of these ports of the host, or a process of the host listens there, and records them. Nothing has been changed so far, so a port that is taken costs nothing.",
      without:
        "The first rule wins: the port of a second container seems published and leads to the first, or a server of the host is cut off from its port without a word.",
    },
    zh: {
      what: "检查这些宿主机端口是否已被其他容器发布，或已有宿主机进程在监听，然后记录下来。此时还没有改动任何东西，端口被占用也不会留下什么。",
      without:
        "防火墙以第一条规则为准：第二个容器的端口看似已发布，却通向第一个容器；或者宿主机上的服务悄无声息地失去自己的端口。",
    },
  },
  manual: ["ss(8)", "proc(5)"],
  tools: () => [],
  effects: ({ file }) => [{ type: "file", target: file, lifetime: "container" }],
  perform: ({ file, ports }) => {
    const claimed: string[] = [];
    // Their ranges have been checked: they are numbers.
    for (const port of ports as readonly ClaimedPort[]) {
      checkAddress(port);
      checkContainers(port);
      checkListeners(port);
      const { hostAddress, hostPort, containerPort, protocol } = port;
      claimed.push([hostAddress, hostPort, containerPort, protocol].join(" "));
      // Before the next one is looked at, which may be the same.
      writeLine(file, claimed.join("\n"));
    }
  },
  undo: undefined,
});

/** Whether the kernel takes packets to this address for the host's own. */
function checkAddress({ hostAddress: address }: ClaimedPort): void {
  if (address === anyAddress || address.startsWith("127.")) return;
  const leaf = new RegExp(`-- ${address.replaceAll(".", "\\.")}\n( +/[^\n]*\n)* +/32 host LOCAL\n`);
  if (!leaf.test(readOrEmpty("/proc/net/fib_trie")))
    throw new HostProblem("host-address-missing", { address });
}

function checkContainers({ hostAddress: address, hostPort, protocol }: ClaimedPort): void {
  for (const directory of containerDirectories())
    for (const other of readPorts(directory)) {
      if (other.hostPort !== hostPort || other.protocol !== protocol) continue;
      const addresses = [other.hostAddress, address];
      if (!addresses.includes(anyAddress) && other.hostAddress !== address) continue;
      if (aliveLauncher(directory) === undefined) continue;
      const name = directory.slice(directory.lastIndexOf("/") + 1);
      const port = `${String(hostPort)}/${protocol}`;
      throw new HostProblem("port-in-use", { port, address, name });
    }
}

/** Sockets that wait for packets from anybody, at this address or at all of them. Source: proc(5), /proc/net. */
function checkListeners({ hostAddress, hostPort, protocol }: ClaimedPort): void {
  const port = hostPort.toString(16).toUpperCase().padStart(4, "0");
  // In the byte order of the processor.
  const own = hostAddress
    .split(".")
    .map((byte) => Number(byte).toString(16).toUpperCase().padStart(2, "0"))
    .reverse()
    .join("");
  const four = hostAddress === anyAddress ? "[0-9A-F]{8}" : own;
  const state = protocol === "tcp" ? "0A" : "07";
  // All addresses of IPv6 are all of IPv4 too, and one behind FFFF is one of IPv4.
  const listening = new RegExp(
    ` ((0{8}|${four}):${port} 0{8}|(0{32}|0{16}FFFF0000${four}):${port} 0{32}):0000 ${state} `,
  );
  for (const table of [protocol, `${protocol}6`])
    if (listening.test(readOrEmpty(`/proc/net/${table}`)))
      throw new HostProblem("port-taken", { port: `${String(hostPort)}/${protocol}` });
}
