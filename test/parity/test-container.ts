import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { compareOutcomes } from "../../src/executor/parity/compare.js";
import type { ObservedState } from "../../src/executor/observe/state.js";
import type { PathOutcome } from "../../src/executor/parity/outcome.js";
import {
  type ContainerInput,
  type Language,
  parseContainer,
  plan,
  type Plan,
  type Spec,
} from "../../src/index.js";
import { evaluate } from "../../src/model/value.js";
import type { HostProcess, Outcome } from "../host/host-process.js";
import { settled } from "../host/left-behind.js";
import { rootfs } from "../host/script.js";
import type { Where } from "../host/observer.js";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";
import { patience } from "../support/prepared.js";
import { type PathName, preparePath, startPath } from "./paths.js";

type Command = readonly [string, ...string[]];

/** What one way of running the container led to; its state is undefined when that was not observed. */
interface ContainerOutcome extends Omit<PathOutcome, "states"> {
  readonly state: ObservedState | undefined;
}

/** What a run is checked for beyond being the same on both paths. */
export interface BothOutcomes {
  readonly script: ContainerOutcome;
  readonly kernel: ContainerOutcome;
}

/** A container that is run by its script and by system calls, each in a simulated host of its own. */
export class TestContainer {
  readonly #plan: Plan;
  #command: Command | undefined;
  #input = "";
  #language: Language = "en";
  #parameters: Readonly<Record<string, string>> = {};
  #preparations: ((host: SimulatedHost) => Promise<unknown>)[] = [];
  #observedWith: Command = ["/bin/cat"];
  #observed = true;
  #wordsCompared = true;
  #killedBy: NodeJS.Signals | undefined;
  #before: Command | undefined;
  #directories: readonly string[] = [];
  #where: Where = {};

  constructor(spec: Spec) {
    this.#plan = plan(spec);
  }

  /** A command instead of the spec's. */
  withCommand(...command: Command): this {
    this.#command = command;
    return this;
  }

  /** What the command reads. */
  withInput(input: string): this {
    this.#input = input;
    return this;
  }

  withLanguage(language: Language): this {
    this.#language = language;
    return this;
  }

  /** Values of parameters, by name. */
  withParameters(parameters: Readonly<Record<string, string>>): this {
    this.#parameters = parameters;
    return this;
  }

  /** Something to be done to the host first; the root file system is there already. */
  onHost(preparation: (host: SimulatedHost) => Promise<unknown>): this {
    this.#preparations.push(preparation);
    return this;
  }

  /** What runs while the container is observed: it has to copy its input to its output. */
  observedWith(...command: Command): this {
    this.#observedWith = command;
    return this;
  }

  /** Only the command's end is compared: nothing of this container can be observed. */
  neverRunning(): this {
    this.#observed = false;
    return this;
  }

  /** The tool that fails has its own words for it on standard error; they are not compared. */
  inOtherWords(): this {
    this.#wordsCompared = false;
    return this;
  }

  /** The observed container is ended by a signal from its host, not by the end of its input. */
  killedBy(signal: NodeJS.Signals): this {
    this.#killedBy = signal;
    return this;
  }

  /** Commands put before the launcher, such as one that sets its umask. */
  startedBy(...before: Command): this {
    this.#before = before;
    return this;
  }

  /** Directories of the host whose files are compared, too, beside those of the root file system. */
  leaving(...directories: string[]): this {
    this.#directories = directories;
    return this;
  }

  /** Who starts it; root by default. */
  asUser(user: number): this {
    const id = String(user);
    this.#before = ["setpriv", `--reuid=${id}`, `--regid=${id}`, "--clear-groups", "--"];
    this.#where = { runDirectory: `/tmp/cooper-${id}` };
    return this;
  }

  /** Runs both and compares everything; what differs is shown, with the steps to look at. */
  async expectSameOnBothPaths(): Promise<BothOutcomes> {
    const outcomes = await this.runOnBothPaths();
    this.expectSame(outcomes);
    return outcomes;
  }

  /** Runs both, each in a simulated host of its own. */
  async runOnBothPaths(): Promise<BothOutcomes> {
    const [script, kernel] = await Promise.all([this.#outcome("script"), this.#outcome("kernel")]);
    return { script, kernel };
  }

  /** Compares everything; what differs is shown, with the steps to look at. */
  expectSame({ script, kernel }: BothOutcomes): void {
    const planned = new Map([["container", this.#plan]]);
    const [first, second] = [script, kernel].map(({ state, ...outcome }) => ({
      ...outcome,
      states: state === undefined ? {} : { container: state },
    })) as [PathOutcome, PathOutcome];
    for (const { aspect, steps, ...of } of compareOutcomes(planned, first, second))
      if (aspect !== "stderr" || this.#wordsCompared)
        expect
          .soft(of.kernel, `${aspect} by system calls; made by the steps ${steps.join(", ")}`)
          .toStrictEqual(of.script);
  }

  #outcome(name: PathName): Promise<ContainerOutcome> {
    return withSimulatedHost(async (host) => {
      const root = this.#value("path", this.#plan.spec.root.path ?? "");
      if (root !== undefined) await host.makeRootfs(root);
      for (const each of this.#preparations) await each(host);
      await preparePath(host, name, this.#plan.spec, this.#language);
      const prepared = this.#preparations.length > 0;
      const before = prepared ? await host.observeHost(this.#where) : undefined;
      const observed = this.#observed ? await this.#observe(host, name) : undefined;
      const ended =
        this.#command === undefined && observed !== undefined
          ? observed
          : await this.#start(host, name, this.#command, this.#input).then((each) => each.wait());
      return {
        state: observed?.state,
        stdout: ended.stdout,
        stderr: (observed === ended ? "" : (observed?.stderr ?? "")) + ended.stderr,
        status: statusOf(ended),
        left: await settled(host, { where: this.#where, before }),
        files: [
          ...(root === undefined ? [] : await listFiles(host, root)),
          ...(await listOthers(host, this.#directories)),
        ],
      };
    });
  }

  #start(
    host: SimulatedHost,
    name: PathName,
    command: Command | undefined,
    input?: string,
  ): Promise<HostProcess> {
    return startPath(host, name, {
      parameters: this.#parameters,
      language: this.#language,
      command,
      ...(input === undefined ? {} : { input }),
      ...(this.#before === undefined ? {} : { before: this.#before }),
    });
  }

  /** The state while it runs, and how it ended. */
  async #observe(host: SimulatedHost, name: PathName) {
    const running = await this.#start(host, name, this.#observedWith);
    running.write("running\n");
    await running.until(({ stdout }) => stdout.includes("running\n"));
    const container = this.#value("name", this.#plan.spec.name) ?? "";
    const pid = await processOne(host, container, this.#where);
    const state = await host.observe(pid, this.#where);
    if (this.#killedBy === undefined) running.endInput();
    else await host.must("kill", "-s", this.#killedBy.slice("SIG".length), String(pid));
    return { state, ...(await running.wait()) };
  }

  /** What a field of the spec stands for in this run. */
  #value(type: "path" | "name", value: Spec["name"] | NonNullable<Spec["root"]["path"]>) {
    const { parameters } = this.#plan.spec;
    const bindings = parameters.map(
      (each) => [each.name, this.#parameters[each.name] ?? each.default] as const,
    );
    return value === "" ? undefined : evaluate(type, value, new Map(bindings));
  }
}

/** A container as tests write them: its root file system and its privileges need not be given. */
export function testContainer(container: ContainerInput | Spec): TestContainer {
  if ("parameters" in container) return new TestContainer(container);
  return new TestContainer(
    parseContainer({ root: { path: rootfs }, privileged: true, ...container }),
  );
}

export function statusOf({ exitCode, signal }: Outcome): number {
  if (exitCode === undefined) throw new Error(`the launcher itself was ended by ${String(signal)}`);
  return exitCode;
}

/** The record may be a moment younger than the command. */
export async function processOne(
  host: SimulatedHost,
  name: string,
  { runDirectory = "/run/cooper" }: Where = {},
): Promise<number> {
  for (let attempt = 0; ; attempt += 1)
    try {
      const text = await host.readFile(`${runDirectory}/containers/${name}/pid`);
      if (text !== "") return Number(text);
    } catch (error) {
      if (attempt === 100 * patience) throw error;
    } finally {
      await sleep(2);
    }
}

/** The same of directories anywhere, with their whole paths; none of one that is not there. */
async function listOthers(host: SimulatedHost, directories: readonly string[]): Promise<string[]> {
  const lists = directories.map(async (directory) => {
    const found = await host.run(["find", directory, "-printf", "%p %y %m %l %U:%G\\n"]);
    return found.stdout.split("\n").filter(Boolean).sort();
  });
  return (await Promise.all(lists)).flat();
}

/** Path, type, permissions, link and owner of every file. */
export async function listFiles(host: SimulatedHost, directory: string): Promise<string[]> {
  const listing = await host.must("find", directory, "-printf", "%P %y %m %l %U:%G\\n");
  return listing.trimEnd().split("\n").sort();
}
