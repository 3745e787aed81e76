/** The command line in a simulated host. */
import { chmod } from "node:fs/promises";
import path from "node:path";
import { beforeAll } from "vitest";
import type { ContainerInput } from "../../src/index.js";
import { plainContainer, recordedPid } from "../host/containers.js";
import type { HostProcess, Outcome } from "../host/host-process.js";
import { rootfs, scriptCommand, writeScript } from "../host/script.js";
import type { CommandOptions, SimulatedHost } from "../host/simulated-host.js";
import { buildCli } from "../support/cli.js";

let file = "";

/** Builds the command line before the tests of a file. */
export function useCooper(): void {
  beforeAll(async () => {
    ({ file } = await buildCli());
    // Tests run it as other users, too.
    await chmod(path.dirname(file), 0o755);
  });
}

/** The command line of `cooper ARGUMENT…`. */
export function cooperCommand(...args: readonly string[]): [string, ...string[]] {
  return [process.execPath, path.resolve(file), ...args];
}

/** Runs `cooper ARGUMENT…` to its end. */
export function cooper(
  host: SimulatedHost,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Outcome> {
  return host.run(cooperCommand(...args), options);
}

/** What `cooper ARGUMENT… --json` prints; it must succeed. */
export async function cooperJson(host: SimulatedHost, ...args: readonly string[]) {
  return JSON.parse(await host.must(...cooperCommand(...args, "--json"))) as unknown;
}

/** The flags of the least container there is. */
export const plainFlags = ["--privileged", "--rootfs", rootfs, "--name", "box", "-e", "PATH=/bin"];

/** `cooper run -q` of the least container, with a command. */
export const runPlain = (...command: readonly string[]) =>
  cooperCommand("run", "-q", ...plainFlags, "--", ...command);

/** The two ways to the same container. */
export const paths = ["kernel", "bash"] as const;

export interface Running {
  readonly launcher: HostProcess;
  /** Process 1 of the container, as the simulated host numbers it. */
  readonly pid: number;
}

/** Starts a container on one of the two paths, with a command that says "ready" first. */
export async function startOn(
  host: SimulatedHost,
  way: (typeof paths)[number],
  command: string,
  container: ContainerInput = plainContainer,
): Promise<Running> {
  const line = ["sh", "-c", `echo ready; ${command}`];
  await host.writeFile("/tmp/container.json", JSON.stringify(container));
  await writeScript(host, container);
  const launcher = host.spawn(
    way === "bash"
      ? scriptCommand(line)
      : cooperCommand("run", "-q", "/tmp/container.json", "--", ...line),
  );
  await launcher.until(({ stdout }) => stdout.startsWith("ready\n"));
  return { launcher, pid: await recordedPid(host, container.name) };
}

/** A shell script that tells what is the same for a container's first process and for a command in it. */
export const ownTo = (pid: number | "self") => `
  for each in cgroup ipc mnt net pid uts user; do readlink /proc/${pid}/ns/$each; done
  cat /proc/${pid}/cgroup
  grep -E '^(Uid|Gid|Groups|Cap|NoNewPrivs|SigBlk|SigIgn)' /proc/${pid}/status
  cat /proc/${pid}/limits /proc/${pid}/oom_score_adj`;
