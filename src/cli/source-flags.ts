import type { Command } from "commander";
import { parseSource, type RootfsSource, type SourceOptions } from "../rootfs/source.js";
import type { Language } from "../model/language.js";
import { addFlags, collect, type Flag, flagValues } from "./flags.js";

/** The flags that say where a root file system comes from. */
export interface SourceFlags extends SourceOptions {
  readonly from?: string;
}

const from: Flag = ["--from <source>", "rootfs-from"];

/** Adds names that have commas between them. */
const collectNames: typeof collect = (value, sofar) => [...(sofar ?? []), ...value.split(",")];

const flags: readonly Flag[] = [
  ["--commands <names>", "rootfs-commands", collectNames],
  ["--copy <path>", "rootfs-copy", collect],
  ["--mirror <url>", "rootfs-mirror-flag"],
  ["--arch <architecture>", "rootfs-arch"],
  ["--variant <variant>", "rootfs-variant"],
  ["--include <packages>", "rootfs-include"],
  ["--keyring <file>", "rootfs-keyring"],
  ["--tag <name>", "rootfs-tag"],
  ["--platform <platform>", "rootfs-for-platform"],
];

/** Gives a command the flags that say what a root file system is made from. */
export function addSourceFlags(command: Command, language: Language): void {
  addFlags(command, [from, ...flags], language);
}

/** The source that was asked for. */
export function sourceOf({ from: text = "host", ...options }: SourceFlags): RootfsSource {
  return parseSource(text, flagValues(options, flags));
}
