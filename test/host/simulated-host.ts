/** A host to test on: see `simulated-host.sh`, which makes it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import type { ObservedHost } from "../../src/executor/observe/host.js";
import type { ObservedState } from "../../src/executor/observe/state.js";
import { HostProcess, type Outcome } from "./host-process.js";
import { Observer, type Where } from "./observer.js";
import { repository } from "./repository.js";
import { makeRootfs } from "./rootfs.js";

/** The whole environment of a command, but for what is given: nothing of this machine's gets in. */
const plainEnvironment = {
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  // Empty: bash would read a .bashrc when its input is a socket, as under sshd.
  HOME: "/tmp",
};

/** Puts itself into the simulated host's cgroups before it becomes the command. */
const enter = `
  umask 022
  if [ -e /sys/fs/cgroup/cgroup.procs ]; then
    echo 0 >/sys/fs/cgroup/host/cgroup.procs
  else
    for procs in /sys/fs/cgroup/*/cgroup.procs; do
      if [ -e "$procs" ]; then echo 0 >"$procs"; fi
    done
  fi
  exec "$@"`;

export interface CommandOptions {
  /** Added to an environment of PATH and HOME alone. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the command reads; nothing, by default. */
  readonly input?: string;
}

export interface HostOptions {
  /** cgroup v1 controllers whose hierarchies it has besides those that limit containers. */
  readonly controllers?: readonly string[];
}

export class SimulatedHost {
  readonly #supervisor: ChildProcess;
  #observer: Observer | undefined;

  private constructor(
    supervisor: ChildProcess,
    /** Its process 1, as this machine numbers it. */
    readonly pid: number,
  ) {
    this.#supervisor = supervisor;
  }

  static async start({ controllers = [] }: HostOptions = {}): Promise<SimulatedHost> {
    const group = `cooper-test-${process.pid}-${++made}`;
    const supervisor = spawn(
      "bash",
      [path.join(repository, "test/host/simulated-host.sh"), group, repository],
      {
        env: { ...plainEnvironment, MORE_CONTROLLERS: controllers.join(" ") },
        stdio: ["pipe", "pipe", "inherit"],
        detached: true,
      },
    );
    supervisor.stdin.on("error", () => undefined);
    const lines = createInterface({ input: supervisor.stdout });
    const ready = await Promise.race([once(lines, "line"), once(supervisor, "exit")]);
    if (ready[0] !== "ready") throw new Error("the simulated host did not start");
    // supervisor → the subshell that became unshare → process 1
    const child = await onlyChild(supervisor.pid ?? 0);
    return new SimulatedHost(supervisor, await onlyChild(child));
  }

  /** Where a path of the simulated host lies on this machine. */
  path(inside: string): string {
    return `/proc/${this.pid}/root${inside}`;
  }

  async writeFile(file: string, content: string, mode = 0o644): Promise<void> {
    await mkdir(path.dirname(this.path(file)), { recursive: true });
    await writeFile(this.path(file), content, { mode });
  }

  async readFile(file: string): Promise<string> {
    return readFile(this.path(file), "utf8");
  }

  /** A minimal root file system in the simulated host. */
  async makeRootfs(directory: string): Promise<void> {
    await makeRootfs(this.path(directory));
  }

  /** Starts a command and leaves its standard input open. */
  spawn(
    command: readonly [string, ...string[]],
    { env = {}, input }: CommandOptions = {},
  ): HostProcess {
    const target = ["--target", String(this.pid)];
    const namespaces = ["--mount", "--pid", "--net", "--uts", "--ipc", "--cgroup"];
    return new HostProcess(
      [
        "/usr/bin/nsenter",
        ...target,
        ...namespaces,
        "--",
        "/bin/sh",
        "-c",
        enter,
        "sh",
        ...command,
      ],
      { ...plainEnvironment, ...env },
      input,
    );
  }

  /** Runs a command to its end. */
  async run(
    command: readonly [string, ...string[]],
    { env = {}, input = "" }: CommandOptions = {},
  ): Promise<Outcome> {
    return this.spawn(command, { env, input }).wait();
  }

  /**
   * Runs a command that has to succeed.
   * @returns what it wrote to standard output
   */
  async must(...command: [string, ...string[]]): Promise<string> {
    const { stdout, stderr, exitCode } = await this.run(command);
    if (exitCode !== 0) throw new Error(`${command.join(" ")}: ${stderr}`);
    return stdout;
  }

  /** Observes a container by its process 1, as the simulated host numbers it. */
  async observe(pid: number, where?: Where): Promise<ObservedState> {
    return (await this.#startObserver()).container(pid, where);
  }

  /** Observes what is on the host itself. */
  async observeHost(where?: Where): Promise<ObservedHost> {
    return (await this.#startObserver()).host(where);
  }

  async #startObserver(): Promise<Observer> {
    this.#observer ??= await Observer.start((command) => this.spawn(command));
    return this.#observer;
  }

  /** Ends everything in it and removes its cgroups. */
  async close(): Promise<void> {
    this.#observer?.close();
    const { exitCode, signalCode } = this.#supervisor;
    if (exitCode !== null || signalCode !== null) return;
    const ended = once(this.#supervisor, "exit");
    this.#supervisor.stdin?.end();
    await ended;
  }
}

let made = 0;

async function onlyChild(pid: number): Promise<number> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
  return Number(children.trim().split(" ")[0]);
}

/** Gives `body` a simulated host of its own, and ends it whatever happens. */
export async function withSimulatedHost<Result>(
  body: (host: SimulatedHost) => Promise<Result>,
  options: HostOptions = {},
): Promise<Result> {
  const host = await SimulatedHost.start(options);
  try {
    return await body(host);
  } finally {
    await host.close();
  }
}
