/** Runs generated scripts in a simulated host. */
import { compile, type ContainerInput, parseContainer, type Spec } from "../../src/index.js";
import type { HostProcess } from "./host-process.js";
import type { CommandOptions, SimulatedHost } from "./simulated-host.js";

/** Where the script and the root file system lie in a simulated host. */
export const scriptFile = "/tmp/script.sh";
export const rootfs = "/tmp/alpine-rootfs";

/** Compiles a container, and puts the script into the simulated host. */
export async function writeScript(
  host: SimulatedHost,
  container: ContainerInput | Spec,
): Promise<void> {
  const spec = "parameters" in container ? container : parseContainer(container);
  await host.writeFile(scriptFile, compile(spec), 0o755);
}

/** The script, and a root file system. */
export async function prepare(
  host: SimulatedHost,
  container: ContainerInput | Spec,
): Promise<void> {
  await writeScript(host, container);
  await host.makeRootfs(rootfs);
}

export interface ScriptOptions extends CommandOptions {
  /** What stands before the command: options and parameters of the script. */
  readonly args?: readonly string[];
}

/** The command line of the script. */
export function scriptCommand(
  command: readonly string[],
  args: readonly string[] = ["--quiet"],
): [string, ...string[]] {
  return [scriptFile, ...args, ...(command.length === 0 ? [] : ["--", ...command])];
}

/** Runs the script to its end, with a command for the container. */
export function runScript(
  host: SimulatedHost,
  command: readonly string[],
  { args, ...options }: ScriptOptions = {},
) {
  return host.run(scriptCommand(command, args), options);
}

/** A container that runs until it is told to end. */
export interface RunningContainer {
  readonly launcher: HostProcess;
  /** Its process 1, as the simulated host numbers it. */
  readonly pid: number;
}

/** Starts the script with `cat`, which ends with its input, and waits until `cat` runs. */
export async function startContainer(
  host: SimulatedHost,
  { name, args = ["--quiet"], ...options }: ScriptOptions & { readonly name: string },
): Promise<RunningContainer> {
  const launcher = host.spawn(scriptCommand(["cat"], args), options);
  launcher.write("ready\n");
  await launcher.until(({ stdout }) => stdout.includes("ready\n"));
  return { launcher, pid: await containerPid(host, name) };
}

/** The process 1 of a container, as the record in the simulated host has it. */
export async function containerPid(host: SimulatedHost, name: string): Promise<number> {
  return Number(await host.readFile(`/run/cooper/containers/${name}/pid`));
}
