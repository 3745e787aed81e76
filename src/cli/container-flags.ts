import { type Command, Option } from "commander";
import type { ContainerFlags } from "../config/flags.js";
import type { Language } from "../model/language.js";
import { message, type MessageKey } from "./messages/index.js";

/** Adds a value of an option that may be repeated. */
export const collect = (value: string, sofar: readonly string[] | undefined) => [
  ...(sofar ?? []),
  value,
];

const flags: readonly [flag: string, help: MessageKey, several?: true][] = [
  ["--rootfs <directory>", "flag-rootfs"],
  ["--name <name>", "flag-name"],
  ["--hostname <name>", "flag-hostname"],
  ["--cpus <number>", "flag-cpus"],
  ["-m, --memory <amount>", "flag-memory"],
  ["--memory-swap <amount>", "flag-memory-swap"],
  ["--pids-limit <number>", "flag-pids-limit"],
  ["--cpuset-cpus <list>", "flag-cpuset-cpus"],
  ["--cpuset-mems <list>", "flag-cpuset-mems"],
  ["--device-read-bps <device:rate>", "flag-device-read-bps", true],
  ["--device-write-bps <device:rate>", "flag-device-write-bps", true],
  ["--device-read-iops <device:rate>", "flag-device-read-iops", true],
  ["--device-write-iops <device:rate>", "flag-device-write-iops", true],
  ["-e, --env <NAME=VALUE>", "flag-env", true],
  ["-w, --workdir <directory>", "flag-workdir"],
  ["-u, --user <UID:GID>", "flag-user"],
  ["--group-add <GID>", "flag-group-add", true],
  ["--userns <mode>", "flag-userns"],
  ["--uidmap <INSIDE:HOST:SIZE>", "flag-uidmap", true],
  ["--gidmap <INSIDE:HOST:SIZE>", "flag-gidmap", true],
  ["--cap-add <capability>", "flag-cap-add", true],
  ["--cap-drop <capability>", "flag-cap-drop", true],
  ["--security-opt <option>", "flag-security-opt", true],
  ["--ulimit <TYPE=SOFT:HARD>", "flag-ulimit", true],
  ["--oom-score-adj <number>", "flag-oom-score-adj"],
  ["--network <mode>", "flag-network"],
  ["--bridge <name>", "flag-bridge"],
  ["--subnet <network>", "flag-subnet"],
  ["-p, --publish <[ADDRESS:]PORT:PORT>", "flag-publish", true],
  ["--dns <address>", "flag-dns", true],
  ["--add-host <NAME:ADDRESS>", "flag-add-host", true],
  ["-v, --volume <SOURCE:DESTINATION>", "flag-volume", true],
  ["--tmpfs <DESTINATION>", "flag-tmpfs", true],
  ["--mount <KEY=VALUE>", "flag-mount", true],
  ["--read-only", "flag-read-only"],
  ["--switch <method>", "flag-switch"],
  ["--privileged", "flag-privileged"],
  ["--banner", "flag-banner"],
];

/** Adds the flags that describe a container to a command. */
export function addContainerFlags(command: Command, language: Language): void {
  for (const [flag, help, several] of flags) {
    const option = new Option(flag, message(language, help));
    command.addOption(several ? option.argParser(collect) : option);
  }
}

/** The flags of a parsed command line, and its command for the container. */
export function containerFlags(
  options: ContainerFlags,
  command: readonly string[] | undefined,
): ContainerFlags {
  const names = flags.map(([flag]) => new Option(flag).attributeName());
  const given = Object.entries(options).filter(([name]) => names.includes(name));
  return { ...Object.fromEntries(given), ...(command === undefined ? {} : { command }) };
}
