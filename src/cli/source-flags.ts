import { type Command, Option } from "commander";
import { parseSource, type RootfsSource, type SourceOptions } from "../rootfs/source.js";
import type { Language } from "../model/language.js";
import { message, type MessageKey } from "./messages/index.js";

/** The flags that say where a root file system comes from. */
export interface SourceFlags extends SourceOptions {
  readonly from?: string;
}

const from: readonly [flag: string, help: MessageKey] = ["--from <source>", "rootfs-from"];

const flags: readonly [flag: string, help: MessageKey][] = [
  ["--commands <names...>", "rootfs-commands"],
  ["--copy <paths...>", "rootfs-copy"],
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
  for (const [flag, help] of [from, ...flags])
    command.addOption(new Option(flag, message(language, help)));
}

/** The source that was asked for. */
export function sourceOf({ from: text = "host", ...options }: SourceFlags): RootfsSource {
  const names = flags.map(([flag]) => new Option(flag).attributeName());
  const given = Object.entries(options).filter(([name]) => names.includes(name));
  return parseSource(text, Object.fromEntries(given));
}
