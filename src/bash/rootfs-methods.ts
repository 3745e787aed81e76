import path from "node:path";
import type { Language, Translated } from "../model/language.js";
import { readable } from "../model/readable.js";
import { bootstrapOf } from "../rootfs/debootstrap/arguments.js";
import { isolation, mirrorQuery } from "../rootfs/debootstrap/command.js";
import { examineImage } from "../rootfs/image/examine.js";
import { findImage } from "../rootfs/image/find-image.js";
import { parsePlatform, platformText } from "../rootfs/image/platform.js";
import { openStore } from "../rootfs/image/prepare.js";
import { deviceNodes, directories, group, passwd } from "../rootfs/layout.js";
import type { RootfsSource, SourceKindName } from "../rootfs/source.js";

/** A method of making a root file system, as a script carries it out. */
export interface MethodScript {
  /** The template below templates/rootfs/, and what it is given. */
  readonly method: string;
  readonly fields: object;
  /** What the root file system is made from. */
  readonly from: Readonly<Record<Language, string>>;
  /** What the script logs when it begins. */
  readonly title: Readonly<Record<Language, string>>;
  /** Commands besides those of every such script. */
  readonly tools: readonly string[];
  /** The archive that it reads, when it does. */
  readonly archive?: string;
  /** Whether there is more to clear away than files. */
  readonly hasUndo?: true;
}

type MakeMethod = (source: RootfsSource, signal: AbortSignal) => Promise<MethodScript>;

const host: MakeMethod = ({ options: { commands = ["sh"], copy = [] } }) =>
  Promise.resolve({
    method: "host",
    fields: {
      commands,
      paths: copy.map((each) => path.resolve(each)),
      directories,
      devices: deviceNodes,
      passwd: passwd.trimEnd(),
      group: group.trimEnd(),
    },
    from: titled("this host", "本机"),
    title: titled("copying from this host", "从本机复制"),
    tools: ["chmod", "chroot", "cp", "env", "ldd", "ln", "mknod", "readlink"],
  });

const debootstrap: MakeMethod = (source) => {
  const { suite, mirror, options } = bootstrapOf(source);
  return Promise.resolve({
    method: "debootstrap",
    fields: { suite, mirror: mirror ?? "", options, isolation, query: mirrorQuery(suite) },
    from: asWritten(source),
    title: titled(`installing ${suite} by debootstrap`, `用 debootstrap 安装 ${suite}`),
    tools: ["debootstrap", "unshare"],
  });
};

const engine: MakeMethod = (source) => {
  const { kind, name, options } = source;
  const { platform } = options;
  return Promise.resolve({
    method: "engine",
    fields: {
      engines: kind === "image" ? ["docker", "podman"] : [kind],
      image: name,
      choice: platform === undefined ? [] : ["--platform", platformText(parsePlatform(platform))],
      idFormat: "{{.Id}}",
      configFormat: "{{json .Config}}",
    },
    from: asWritten(source),
    title: titled(`exporting ${name}`, `导出 ${name}`),
    // Which engine it is turns out when the script runs.
    tools: kind === "image" ? ["find"] : ["find", kind],
    hasUndo: true,
  });
};

const archive: MakeMethod = async (source, signal) => {
  const { name, options } = source;
  const { tag, platform } = options;
  const store = await openStore(path.resolve(name), signal);
  const image = await findImage(store, { tag, platform });
  const layers = await examineImage(store, image, signal);
  return {
    method: "archive",
    fields: { id: image.id, layers, run: JSON.stringify(image.config) },
    from: asWritten(source),
    title: titled(`applying the layers of ${image.name}`, `应用 ${image.name} 的各层`),
    tools: ["find"],
    archive: path.resolve(name),
  };
};

const titled = (en: string, zh: string): Translated => ({ en, zh });

const asWritten = ({ kind, name }: RootfsSource): Translated =>
  titled(readable(`${kind}:${name}`), ` ${readable(`${kind}:${name}`)} `);

/** How each kind of source becomes a script. */
export const methods: Readonly<Record<SourceKindName, MakeMethod>> = {
  host,
  debootstrap,
  image: engine,
  docker: engine,
  podman: engine,
  archive,
};
