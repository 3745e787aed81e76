import type { RunConfig } from "./image/descriptions.js";
import type { RootfsSaying } from "./saying.js";
import { RootfsError } from "./rootfs-error.js";

/** What may be said about a source besides its name; each kind of source takes some of these. */
export interface SourceOptions {
  /** Commands of this host. */
  readonly commands?: readonly string[] | undefined;
  /** Files and directories of this host. */
  readonly copy?: readonly string[] | undefined;
  /** A mirror of a distribution, as a URL. */
  readonly mirror?: string | undefined;
  /** Debian's name of an architecture. */
  readonly arch?: string | undefined;
  /** Which packages debootstrap installs. */
  readonly variant?: string | undefined;
  /** Packages besides, with commas between them. */
  readonly include?: string | undefined;
  /** A file of the keys that sign the distribution. */
  readonly keyring?: string | undefined;
  /** Which image of several, by a tag or a whole name. */
  readonly tag?: string | undefined;
  /** `OS/ARCHITECTURE[/VARIANT]`; this host's by default. */
  readonly platform?: string | undefined;
}

/** Where a root file system comes from, as `--from KIND:NAME` says it. */
export interface RootfsSource {
  readonly kind: SourceKindName;
  readonly name: string;
  readonly options: SourceOptions;
}

/** What a method of making root file systems is given. */
export interface MethodContext {
  /** Ends what is under way. */
  readonly signal: AbortSignal;
  /** Tells what happens at the moment. */
  readonly progress: (saying: RootfsSaying) => void;
}

/** A root file system that is about to be made. */
export interface Preparation {
  /** Everything that decides what it will be: equal lines, equal root file systems. */
  readonly key: readonly string[];
  /** Fills an empty directory. */
  readonly populate: (root: string) => Promise<Populated>;
}

/** A root file system that was made. */
export interface Populated {
  /** What it was made from. */
  readonly from: RootfsSaying;
  /** Files of this host that it was made from. A copy is good as long as they have not changed. */
  readonly inputs?: readonly string[];
  /** What its maker has to know about it. */
  readonly notes?: readonly RootfsSaying[];
  /** What an image says about running it. */
  readonly run?: RunConfig;
}

export type Prepare = (source: RootfsSource, context: MethodContext) => Promise<Preparation>;

interface SourceKind {
  /** What the name is the name of; undefined when there is none. */
  readonly named: string | undefined;
  readonly options: readonly (keyof SourceOptions)[];
  readonly load: () => Promise<{ readonly prepare: Prepare }>;
}

/** The methods; each loads its own code. */
export const sourceKinds = {
  host: {
    named: undefined,
    options: ["commands", "copy"],
    load: () => import("./host/prepare.js"),
  },
  debootstrap: {
    named: "SUITE",
    options: ["mirror", "arch", "variant", "include", "keyring"],
    load: () => import("./debootstrap/prepare.js"),
  },
  image: { named: "NAME", options: ["platform"], load: () => import("./engine/prepare.js") },
  docker: { named: "NAME", options: ["platform"], load: () => import("./engine/prepare.js") },
  podman: { named: "NAME", options: ["platform"], load: () => import("./engine/prepare.js") },
  archive: {
    named: "PATH",
    options: ["tag", "platform"],
    load: () => import("./image/prepare.js"),
  },
} as const satisfies Readonly<Record<string, SourceKind>>;

export type SourceKindName = keyof typeof sourceKinds;

/** The sources as a user writes them. */
const sourceForms = Object.entries<SourceKind>(sourceKinds).map(([kind, { named }]) =>
  named === undefined ? kind : `${kind}:${named}`,
);

/**
 * Reads `KIND:NAME`.
 * @throws RootfsError when there is no such kind, or an option is not for it
 */
export function parseSource(text: string, options: SourceOptions = {}): RootfsSource {
  const [, kind = "", name] = /^([^:]*)(?::(.*))?$/s.exec(text) ?? [];
  const found = Object.hasOwn(sourceKinds, kind)
    ? (sourceKinds as Readonly<Record<string, SourceKind>>)[kind]
    : undefined;
  if (found === undefined || (found.named === undefined) !== (name === undefined) || name === "")
    throw new RootfsError("rootfs-source", { source: text, forms: sourceForms.join(", ") });
  for (const [option, value] of Object.entries(options))
    if (value !== undefined && !(found.options as readonly string[]).includes(option))
      throw new RootfsError("rootfs-option", { option: `--${option}`, source: kind });
  return { kind: kind as SourceKindName, name: name ?? "", options };
}
