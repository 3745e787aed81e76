import path from "node:path";
import { CooperError } from "../model/errors.js";
import { isPlainObject } from "../model/expressions.js";
import { mountsSchema } from "../model/spec/mounts.js";

/** The flags that mount something, as Docker users type them. */
export interface MountFlags {
  /** `SOURCE:DESTINATION[:OPTIONS]`; a source without a slash is the name of a volume. */
  readonly volume?: readonly string[];
  /** `DESTINATION[:OPTIONS]` */
  readonly tmpfs?: readonly string[];
  /** `type=…,source=…,target=…`, as a line of CSV. */
  readonly mount?: readonly string[];
}

interface Mount {
  readonly destination: string;
  readonly type: string;
  readonly source?: string;
  readonly options: readonly string[];
}

/**
 * The mounts of a config and those of flags behind them; one at the same place takes the place of the config's.
 * Undefined when no flag mounts anything.
 *
 * @throws CooperError `volume-flag`, `tmpfs-flag`, `mount-flag`
 */
export function withMountFlags(
  { volume = [], tmpfs = [], mount = [] }: MountFlags,
  config: unknown,
): unknown {
  const added = [...volume.map(volumeMount), ...tmpfs.map(tmpfsMount), ...mount.map(anyMount)];
  if (added.length === 0) return undefined;
  // What is no list is for validation to refuse.
  const given = config ?? mountsSchema.parse(undefined);
  if (!isList(given)) return given;
  const places = new Set(added.map(({ destination }) => path.posix.resolve(destination)));
  const kept = given.filter((each) => {
    const destination = isPlainObject(each) ? each["destination"] : undefined;
    return typeof destination !== "string" || !places.has(path.posix.resolve(destination));
  });
  return [...kept, ...added];
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Docker takes the mounts below a directory along, and makes all of them read-only if any is. */
function volumeMount(text: string): Mount {
  const [source = "", destination = "", options = "", ...rest] = text.split(":");
  if (source === "" || destination === "" || rest.length > 0)
    throw CooperError.of("volume-flag", { text });
  return /[./]/.test(source.slice(0, 1))
    ? bind(path.resolve(source), destination, list(options))
    : { destination, type: "volume", source, options: list(options) };
}

const bind = (source: string, destination: string, options: readonly string[]): Mount => ({
  destination,
  type: "bind",
  source,
  options: ["rbind", ...options.map((option) => (option === "ro" ? "rro" : option))],
});

function tmpfsMount(text: string): Mount {
  const [destination = "", options = "", ...rest] = text.split(":");
  if (destination === "" || rest.length > 0) throw CooperError.of("tmpfs-flag", { text });
  return { destination, type: "tmpfs", options: list(options) };
}

const list = (options: string) => options.split(",").filter((option) => option !== "");

/** What the keys of `--mount` are called here. */
const keys: Readonly<Record<string, string>> = {
  ...{ type: "type", source: "source", src: "source" },
  ...{ target: "target", destination: "target", dst: "target" },
  ...{ readonly: "ro", ro: "ro", "bind-propagation": "propagation" },
  ...{ "tmpfs-size": "size", "tmpfs-mode": "mode" },
};

function anyMount(text: string): Mount {
  const wrong = () => CooperError.of("mount-flag", { text, known: Object.keys(keys) });
  const given = new Map<string, string>();
  for (const field of csvFields(text)) {
    const [, name = "", value = "true"] = /^([^=]*)(?:=(.*))?$/s.exec(field) ?? [];
    const key = keys[name];
    if (key === undefined || given.has(key)) throw wrong();
    given.set(key, value);
  }
  const {
    type = "volume",
    source,
    target,
    ro = "false",
    propagation,
    ...settings
  } = Object.fromEntries<string | undefined>(given);
  if (target === undefined || !["true", "false", "1", "0"].includes(ro)) throw wrong();
  const options = [
    ...(ro === "true" || ro === "1" ? ["ro"] : []),
    ...(propagation === undefined ? [] : [propagation]),
    ...Object.entries(settings).map(([name, value]) => `${name}=${String(value)}`),
  ];
  if (type === "bind") {
    if (source === undefined) throw wrong();
    return bind(source, target, options);
  }
  return { destination: target, type, ...(source === undefined ? {} : { source }), options };
}

/** A line of CSV: a field in double quotes may have commas, and a double quote as two. */
function csvFields(line: string): string[] {
  const fields = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"(?=,|$)|([^,]*))/g);
  return Array.from(fields, ([, quoted, plain = ""]) => quoted?.replaceAll('""', '"') ?? plain);
}
