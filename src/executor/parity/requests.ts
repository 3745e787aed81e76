import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { CooperError } from "../../model/errors.js";
import type { Language } from "../../model/language.js";
import { canonicalJson } from "../../model/spec/canonical.js";
import type { Spec } from "../../model/spec/parse.js";
import { canonicalStackJson, containersOf, isStack, type Stack } from "../../model/spec/stack.js";
import { type Bindings, evaluate, type Value } from "../../model/value.js";
import { toolPath } from "../../kernel/find-tool.js";
import { volumeDirectory } from "../../steps/volume.js";
import { bind } from "../bindings.js";
import { parityDirectory, type ParityRequest } from "./request.js";

export interface ParityOptions {
  /** What is described, compiled. */
  readonly script: string;
  /** The language it was compiled with. */
  readonly language: Language;
  /** Values of parameters, by name. */
  readonly parameters: Readonly<Record<string, string>>;
  /** A command to run instead of the spec's. */
  readonly command: readonly [string, ...string[]] | undefined;
  /** How this program is started: what carries a plan out by system calls, and serves as a simulated host. */
  readonly program: readonly [string, ...string[]];
}

/**
 * What the two simulated hosts of a comparison are asked to do.
 *
 * @throws CooperError when a parameter is wrong, or a root file system is not there
 */
export function requestsOf(
  described: Spec | Stack,
  { script, language, parameters, command, program }: ParityOptions,
): Record<ParityRequest["path"], ParityRequest> {
  const common = commonOf(described, parameters, command);
  const behind = command === undefined ? [] : ["--", ...command];
  const environment = {
    PATH: toolPath(),
    // What is elsewhere can only be read.
    TMPDIR: parityDirectory,
  };
  const options = [
    ...["--quiet", "--lang", language],
    ...Object.entries(parameters).flatMap(([name, value]) => ["--set", `${name}=${value}`]),
  ];
  const spec = isStack(described) ? canonicalStackJson(described) : canonicalJson(described);
  return {
    script: {
      ...common,
      path: "script",
      files: { script },
      command: [`${parityDirectory}/script`, "--quiet", ...behind],
      environment: { ...environment, ...parameters },
    },
    kernel: {
      ...common,
      path: "kernel",
      files: { "spec.json": spec },
      command: [...program, "run", ...options, `${parityDirectory}/spec.json`, ...behind],
      environment,
    },
  };
}

/** What both are asked alike: the containers, and what they find on this host. */
function commonOf(
  described: Spec | Stack,
  parameters: ParityOptions["parameters"],
  command: ParityOptions["command"],
) {
  const specs = containersOf(described).map((spec) => [spec, bind(spec, parameters)] as const);
  const directories = (
    valuesOf: (root: Spec["root"]) => readonly (Value<"path"> | undefined)[],
  ) => {
    const found = specs.flatMap(([{ root }, bindings]) =>
      valuesOf(root).flatMap((value) =>
        value === undefined ? [] : [realPath(evaluate("path", value, bindings))],
      ),
    );
    return [...new Set(found)];
  };
  return {
    roots: directories(({ path }) => [path]),
    layers: directories(({ layers = [] }) => layers),
    kept: directories(({ overlay }) => [overlay?.path]),
    sources: [...new Set(specs.flatMap(([spec, bindings]) => sourcesOf(spec, bindings)))],
    containers: specs.map(([{ name, process }, bindings]) => ({
      name: evaluate("name", name, bindings),
      args: command ?? process.args.map((each) => evaluate("text", each, bindings)),
    })),
  };
}

/** What of this host a container is given to write to, as far as it is there. */
function sourcesOf({ mounts }: Spec, bindings: Bindings): string[] {
  return mounts
    .flatMap((mount) => {
      if (mount.type === "volume") return [existing(volumeDirectory)];
      return mount.type === "bind" ? [evaluate("path", mount.source, bindings)] : [];
    })
    .filter((place) => existsSync(place))
    .map((place) => realpathSync(place))
    .filter((place) => !uncovered.test(place));
}

/** Nothing can be laid over these: they stay as they are in a simulated host, where / is read-only. */
const uncovered = /^\/((proc|sys|dev)(\/.*)?)?$/;

/** A directory, or the closest above it that is there. */
const existing = (directory: string): string =>
  existsSync(directory) ? directory : existing(path.dirname(directory));

/** @throws CooperError `file-missing` */
function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch (cause) {
    throw CooperError.of("file-missing", { file }, { cause });
  }
}
