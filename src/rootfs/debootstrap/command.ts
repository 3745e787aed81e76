import { runTool } from "../tool.js";
import { RootfsError } from "../rootfs-error.js";
import type { Bootstrap } from "./arguments.js";

/**
 * In namespaces of its own debootstrap can mount what it wants and start what it wants: all of that is gone
 * with it, also when it is killed, and nothing of the host's is mounted below the directory to be removed.
 */
export const isolation = [
  "unshare",
  ...["--mount", "--propagation", "private"],
  ...["--pid", "--fork", "--kill-child=KILL", "--mount-proc"],
] as const;

/** The command that installs a suite below `root`; what it mounts and starts ends with it. */
export const bootstrapCommand = (
  { options, suite, mirror }: Bootstrap,
  root: string,
): readonly [string, ...string[]] => [
  ...isolation,
  "--",
  "debootstrap",
  ...options,
  suite,
  root,
  ...(mirror ? [mirror] : []),
];

/** How apt-get is asked for the mirror of a suite: the first part of the first line is one. */
export const mirrorQuery = (suite: string): readonly [string, ...string[]] => [
  "apt-get",
  "indextargets",
  "--format",
  "$(REPO_URI)",
  "Created-By: Packages",
  "Component: main",
  `Release: ${suite}`,
];

/** The mirror that this host has a suite from; undefined when it has none, or no apt. */
export async function configuredMirror(
  suite: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const output = await runTool(mirrorQuery(suite), { signal, mayFail: true }).catch(
    (error: unknown) => {
      if (error instanceof RootfsError) return "";
      throw error;
    },
  );
  return output.split("\n").find((line) => line !== "");
}
