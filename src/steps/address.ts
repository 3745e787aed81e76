import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { HostProblem } from "./host.js";
import { aliveLauncher, readOrEmpty, writeLine } from "./records.js";
import { systemRunDirectory } from "./run-directory.js";
import { text } from "../model/param.js";
import { formatAddress, type Subnet } from "../model/subnet.js";
import type { Value } from "../model/value.js";
import { defineStep } from "./step.js";

export interface AddressFields {
  readonly name: Value<"name">;
  /** The directory with one file per leased address. */
  readonly directory: string;
  /** First and last address that can be leased, as integers. */
  readonly first: number;
  readonly last: number;
  /** How many there are. */
  readonly count: number;
  readonly subnet: string;
}

/** The host's end of the cable of a container is named after its address, which no other has. */
export function vethOf(address: string): string {
  const bytes = address.split(".").map((byte) => Number(byte).toString(16).padStart(2, "0"));
  return `veth${bytes.join("")}`;
}

/** Leases an IPv4 address: one file per address, created exclusively. */
export const address = defineStep<AddressFields>({
  kind: "address",
  where: "host",
  phase: "claim",
  title: ({ subnet }) => ({
    en: text`lease an address of ${subnet}`,
    zh: text`从 ${subnet} 分配一个 IP 地址`,
  }),
  explanation: {
    en: {
      what: "Takes the next free address of the subnet. Every lease is a file named after the address and created with O_EXCL, so no two containers can get the same one.",
      without:
        "An address picked at random collides sooner than one expects; both containers then lose their connections.",
    },
    zh: {
      what: "取网段中的下一个空闲地址。每次分配对应一个以地址命名的文件，以 O_EXCL 方式创建，因此两个容器不会得到同一个地址。",
      without: "随机选取地址很快就会冲突，冲突的两个容器都会断网。",
    },
  },
  manual: ["open(2)", "ip-address(8)"],
  tools: () => ["mkdir", "rm"],
  effects: ({ directory, first, last }) => [
    {
      type: "file",
      target: `${directory}/{${formatAddress(first)}…${formatAddress(last)}}`,
      lifetime: "container",
    },
  ],
  perform: ({ name, directory, first, last, count, subnet }, host) => {
    mkdirSync(directory, { recursive: true, mode: 0o755 });
    if (host.stale) dropLeases(directory, name);
    // The one after the last that was given, so that nobody gets the address of a container that has just
    // ended.
    let number = Number(readOrEmpty(`${directory}/last`));
    for (let attempt = 0; attempt < count; attempt += 1) {
      number = number < first || number >= last ? first : number + 1;
      const candidate = formatAddress(number);
      const lease = `${directory}/${candidate}`;
      if (existsSync(lease)) {
        const owner = readOrEmpty(lease).trim();
        const alive = aliveLauncher(`${systemRunDirectory}/containers/${owner}`) !== undefined;
        if (alive && owner !== name) continue;
        rmSync(lease, { force: true });
      }
      host.undo(() => {
        rmSync(lease, { force: true });
      });
      writeLine(lease, name, "wx");
      writeLine(`${directory}/last`, String(number));
      writeLine(`${host.directory}/address`, candidate);
      host.address = candidate;
      host.veth = vethOf(candidate);
      return;
    }
    throw new HostProblem("address-exhausted", { subnet });
  },
  undo: () => ({ en: "give the address back", zh: "归还地址" }),
});

/** Gives back what a dead container of this name leased. */
function dropLeases(directory: string, name: string): void {
  for (const lease of readdirSync(directory).filter((file) => file.includes(".")))
    if (readOrEmpty(`${directory}/${lease}`).trim() === name)
      rmSync(`${directory}/${lease}`, { force: true });
}

/** The fields of a step for an address of a subnet, whose leases lie in a directory. */
export const addressFields = (
  name: Value<"name">,
  directory: string,
  subnet: string,
  { first, last }: Subnet,
): AddressFields => ({ name, directory, first, last, count: last - first + 1, subnet });
