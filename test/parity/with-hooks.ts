/** A program of the host that is a hook, and containers that have it. */
import { expect } from "vitest";
import type { ContainerInput } from "../../src/index.js";
import type { SimulatedHost } from "../host/simulated-host.js";
import { type BothOutcomes, testContainer } from "./test-container.js";

export const hook = "/tmp/hooks/it's a=hook";
export const log = "/tmp/hooks/log";

/** Notes how it was called and what it read, and does what its first argument says. */
const program = `#!/bin/sh
state=$(cat)
pid=$(printf %s "$state" | sed -n 's/.*"pid":\\([0-9]*\\).*/\\1/p')
for each in /proc/self/fd/*; do descriptors="$descriptors \${each##*/}"; done
{
  printf '[%s]' "$@"
  echo " in $PWD with umask $(umask), $(env | grep -v ^PWD= | tr '\\n' ' ')"
  echo "descriptors:$descriptors"
  printf '%s\\n' "$state" | sed 's/"pid":[0-9]*/"pid":"N"/'
  eval "$1"
} >>${log}
`;

export async function install(host: SimulatedHost) {
  await host.writeFile(hook, program, 0o755);
  // Root of a user namespace is anybody.
  await host.writeFile(log, "");
  await host.must("chmod", "0666", log);
}

/** What the hooks noted comes behind what the command prints. */
export const withHooks = (hooks: ContainerInput["hooks"], more: ContainerInput = {}) =>
  testContainer({ ...more, hooks })
    .onHost(install)
    .startedBy("sh", "-c", `"$@"; status=$?; cat ${log}; exit $status`, "sh");

export const state = (status: string, directory = "/run/cooper/containers/container") => ({
  ...{ ociVersion: "1.0.2", id: "container", status },
  ...(status === "stopped" ? {} : { pid: "N" }),
  bundle: directory,
});

export const statesIn = (output: string) =>
  output
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as unknown);

export function expectBoth({ script, kernel }: BothOutcomes, expected: object) {
  for (const each of [script, kernel]) expect(each, each.stderr).toMatchObject(expected);
}
