import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { text } from "../model/param.js";
import type { Value } from "../model/value.js";
import { aliveLauncher, readOrEmpty } from "./records.js";
import { systemRunDirectory } from "./run-directory.js";
import { defineStep } from "./step.js";

export interface PeersFields {
  readonly name: Value<"name">;
  readonly peers: readonly Value<"name">[];
}

const directoryOf = (name: string) => `${systemRunDirectory}/containers/${name}`;

/** The peers that run and have a hosts file. */
const alivePeers = (peers: readonly string[]) =>
  peers.filter(
    (peer) =>
      existsSync(`${directoryOf(peer)}/hosts`) && aliveLauncher(directoryOf(peer)) !== undefined,
  );

/** Takes the lines of a name out of a hosts file and adds those given. The file stays the same, for it is mounted. */
function rewrite(file: string, name: string, lines: readonly string[]): void {
  const others = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.endsWith(` ${name}`));
  writeFileSync(file, [...others, ...lines].map((line) => `${line}\n`).join(""));
}

/** Lets the containers of a stack find each other by name. */
export const peers = defineStep<PeersFields>({
  kind: "peers",
  where: "host",
  phase: "network",
  title: ({ peers: names }) => ({
    en: text`exchange names and addresses with ${list(names, ", ")}`,
    zh: text`与 ${list(names, "、")} 互换名称和地址`,
  }),
  explanation: {
    en: {
      what: "Writes the addresses of the containers that run already into this one's hosts file, and this one's address into theirs. The files are bind-mounted, so those that run see the newcomer at once.",
      without:
        "The containers of a stack reach each other by address only, and addresses are leased anew at every start.",
    },
    zh: {
      what: "把已在运行的容器的地址写入本容器的 hosts 文件，也把本容器的地址写入它们的文件。这些文件是 bind mount，正在运行的容器立刻就能看到新成员。",
      without: "同一组容器之间只能用地址通信，而地址在每次启动时重新分配。",
    },
  },
  manual: ["hosts(5)"],
  tools: () => [],
  effects: ({ peers: names }) =>
    names.map((peer) => ({
      type: "file",
      target: text`${systemRunDirectory}/containers/${peer}/hosts`,
      lifetime: "container",
    })),
  perform: ({ name, peers: names }, host) => {
    const own = `${host.directory}/hosts`;
    host.undo(() => {
      for (const peer of alivePeers(names)) rewrite(`${directoryOf(peer)}/hosts`, name, []);
    });
    for (const peer of alivePeers(names)) {
      const address = readOrEmpty(`${directoryOf(peer)}/address`).trim();
      rewrite(own, peer, [`${address} ${peer}`]);
      rewrite(`${directoryOf(peer)}/hosts`, name, [`${host.address} ${name}`]);
    }
  },
  undo: () => ({
    en: "take the name out of the other containers' hosts files",
    zh: "从其他容器的 hosts 文件中去掉本容器的名称",
  }),
});

/** Names for a title. */
function list(names: readonly Value<"name">[], separator: string) {
  return text(["", ...names.slice(1).map(() => separator), ""], ...names);
}
