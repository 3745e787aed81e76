import type { Command } from "commander";
import type { ContainerFlags } from "../config/flags.js";
import type { Language } from "../model/language.js";
import { addFlags, collect, type Flag, flagValues } from "./flags.js";

const flags: readonly Flag[] = [
  ["--rootfs <directory>", "flag-rootfs"],
  ["--name <name>", "flag-name"],
  ["--hostname <name>", "flag-hostname"],
  ["--cpus <number>", "flag-cpus"],
  ["-m, --memory <amount>", "flag-memory"],
  ["--memory-swap <amount>", "flag-memory-swap"],
  ["--pids-limit <number>", "flag-pids-limit"],
  ["--cpuset-cpus <list>", "flag-cpuset-cpus"],
  ["--cpuset-mems <list>", "flag-cpuset-mems"],
  ["--device-read-bps <device:rate>", "flag-device-read-bps", collect],
  ["--device-write-bps <device:rate>", "flag-device-write-bps", collect],
  ["--device-read-iops <device:rate>", "flag-device-read-iops", collect],
  ["--device-write-iops <device:rate>", "flag-device-write-iops", collect],
  ["-e, --env <NAME=VALUE>", "flag-env", collect],
  ["-w, --workdir <directory>", "flag-workdir"],
  ["-u, --user <UID:GID>", "flag-user"],
  ["--group-add <GID>", "flag-group-add", collect],
  ["--userns <mode>", "flag-userns"],
  ["--uidmap <INSIDE:HOST:SIZE>", "flag-uidmap", collect],
  ["--gidmap <INSIDE:HOST:SIZE>", "flag-gidmap", collect],
  ["--cap-add <capability>", "flag-cap-add", collect],
  ["--cap-drop <capability>", "flag-cap-drop", collect],
  ["--security-opt <option>", "flag-security-opt", collect],
  ["--ulimit <TYPE=SOFT:HARD>", "flag-ulimit", collect],
  ["--oom-score-adj <number>", "flag-oom-score-adj"],
  ["--network <mode>", "flag-network"],
  ["--bridge <name>", "flag-bridge"],
  ["--subnet <network>", "flag-subnet"],
  ["-p, --publish <[ADDRESS:]PORT:PORT>", "flag-publish", collect],
  ["--dns <address>", "flag-dns", collect],
  ["--add-host <NAME:ADDRESS>", "flag-add-host", collect],
  ["-v, --volume <SOURCE:DESTINATION>", "flag-volume", collect],
  ["--tmpfs <DESTINATION>", "flag-tmpfs", collect],
  ["--mount <KEY=VALUE>", "flag-mount", collect],
  ["--read-only", "flag-read-only"],
  ["--switch <method>", "flag-switch"],
  ["--privileged", "flag-privileged"],
  ["--banner", "flag-banner"],
];

/** Adds the flags that describe a container to a command. */
export function addContainerFlags(command: Command, language: Language): void {
  addFlags(command, flags, language);
}

/** The flags of a parsed command line, and its command for the container. */
export function containerFlags(
  options: ContainerFlags,
  command: readonly string[] | undefined,
): ContainerFlags {
  return { ...flagValues(options, flags), ...(command === undefined ? {} : { command }) };
}
