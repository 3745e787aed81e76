import { readdir, realpath } from "node:fs/promises";
import path from "node:path";
import { saying } from "../saying.js";
import type { Prepare } from "../source.js";
import { findTool } from "../../kernel/find-tool.js";
import { populateRootfs } from "./populate.js";

/** From this host's own commands. */
export const prepare: Prepare = async ({ options }, { signal, progress }) => {
  const { commands = ["sh"], copy = [] } = options;
  const isRoot = process.geteuid?.() === 0;
  const paths = copy.map((each) => path.resolve(each));
  // Which file a name means is looked up anew each time; the files themselves are compared.
  const places = await Promise.all(
    ["busybox", ...commands].map(async (name) => `${name} ${await placeOf(name)}`),
  );
  return {
    key: ["host", isRoot ? "root" : "user", ...places, "", ...paths],
    populate: async (root) => {
      progress(saying("rootfs-copying"));
      const { busybox, files, trees, links } = await populateRootfs(
        root,
        { commands, paths },
        signal,
      );
      const below = await Promise.all([...trees].map(everythingBelow));
      return {
        from: saying("rootfs-from-host", {
          commands: busybox === undefined ? "commands" : "busybox",
        }),
        inputs: [
          ...(busybox === undefined ? [] : [busybox]),
          ...[...files, ...links.keys(), ...links.values(), ...below.flat()],
        ],
        notes: isRoot ? [] : [saying("rootfs-no-devices")],
      };
    },
  };
};

async function placeOf(command: string): Promise<string> {
  const file = findTool(command);
  return file === undefined ? "" : realpath(file);
}

const everythingBelow = async (directory: string) => [
  directory,
  ...(await readdir(directory, { recursive: true })).map((name) => path.join(directory, name)),
];
