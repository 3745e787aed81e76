import { type Command, Option } from "commander";
import type { SourceOptions } from "../rootfs/source.js";
import type { Language } from "../model/language.js";
import { message, type MessageKey } from "./messages/index.js";

/** The flags that say where a root file system comes from. */
export interface SourceFlags extends SourceOptions {
  readonly from: string;
}

const flags: readonly [flag: string, help: MessageKey][] = [
  ["--commands <names...>", "rootfs-commands"],
  ["--copy <paths...>", "rootfs-copy"],
  ["--tag <name>", "rootfs-tag"],
  ["--platform <platform>", "rootfs-for-platform"],
];

export function addSourceFlags(command: Command, language: Language): void {
  command.addOption(
    new Option("--from <source>", message(language, "rootfs-from")).default("host"),
  );
  for (const [flag, help] of flags) command.addOption(new Option(flag, message(language, help)));
}

/** What was said about the source besides its name. */
export function sourceOptions(options: SourceFlags): SourceOptions {
  const names = flags.map(([flag]) => new Option(flag).attributeName());
  return Object.fromEntries(Object.entries(options).filter(([name]) => names.includes(name)));
}
