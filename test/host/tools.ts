/** Tools that tell what they were called with, put before the real ones in a simulated host. */
import { existsSync } from "node:fs";
import { readFile, readdir, rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { SimulatedHost } from "./simulated-host.js";

const directory = "/tmp/tools";

/** Every program a script starts. */
const names =
  "bash chroot env flock ip iptables-restore iptables-save mkdir mount nsenter pivot_root readlink rm rmdir setpriv sleep umount unshare";

// In bash, because other shells do not pass on the functions that bash exports; and without any process of
// its own, because the first one in a new pid namespace has to be the container. Of calls at the same time each
// gets a number: noclobber makes > open a file with O_EXCL.
const wrapper = `#!/bin/bash
tool=\${0##*/} number=0
set -o noclobber
until { : >"${directory}/call.\${number}"; } 2>/dev/null; do
  number=$((number + 1))
done
set +o noclobber
printf '%s\\0' "\${tool}" "$@" >"${directory}/call.\${number}"
if [[ -e ${directory}/at.\${number} ]]; then
  . "${directory}/at.\${number}"
fi
for real in /usr/sbin /usr/bin /sbin /bin; do
  if [[ -x \${real}/\${tool} ]]; then
    exec "\${real}/\${tool}" "$@"
  fi
done
exit 127
`;

/** Waits for leave to go on; without a process of its own, too. */
const waitForLeave = `
: >${directory}/reached
until [[ -e ${directory}/leave ]]; do
  read -r -t 0.01 _ <>${directory}/bin/fifo || true
done
`;

/** A program and its arguments. */
export type Call = readonly string[];

export class Tools {
  private constructor(private readonly host: SimulatedHost) {}

  static async install(host: SimulatedHost): Promise<Tools> {
    for (const name of names.split(" "))
      await host.writeFile(`${directory}/bin/${name}`, wrapper, 0o755);
    await host.must("mkfifo", `${directory}/bin/fifo`);
    return new Tools(host);
  }

  /** The environment in which the tools come first. */
  readonly env = { PATH: `${directory}/bin:/usr/sbin:/usr/bin:/sbin:/bin` };

  /** All calls, in their order. */
  async calls(): Promise<Call[]> {
    const files = await readdir(this.host.path(directory));
    const numbers = files
      .filter((file) => file.startsWith("call."))
      .map((file) => Number(file.slice("call.".length)))
      .sort((left, right) => left - right);
    return Promise.all(
      numbers.map(async (number) => {
        const content = await readFile(this.host.path(`${directory}/call.${number}`), "utf8");
        return content.split("\0").slice(0, -1);
      }),
    );
  }

  /** Lets the call of this number, from 0 on, do something first; in bash. */
  async at(number: number, code: string): Promise<void> {
    await this.host.writeFile(`${directory}/at.${number}`, `${code}\n`);
  }

  /** Lets the call of this number wait for {@link resume}; {@link paused} tells when it does. */
  async pauseAt(number: number): Promise<void> {
    await this.at(number, waitForLeave);
  }

  async paused(): Promise<void> {
    const deadline = Date.now() + 20_000;
    while (!existsSync(this.host.path(`${directory}/reached`))) {
      if (Date.now() > deadline) throw new Error("there is no such call");
      await sleep(2);
    }
  }

  async resume(): Promise<void> {
    await this.host.writeFile(`${directory}/leave`, "");
  }

  /** Forgets all calls and what was to be done at them. */
  async reset(): Promise<void> {
    for (const file of await readdir(this.host.path(directory)))
      if (file !== "bin") await rm(this.host.path(`${directory}/${file}`));
  }
}
