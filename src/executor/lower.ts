import {
  CLONE_NEWIPC,
  CLONE_NEWNET,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUSER,
  CLONE_NEWUTS,
} from "../kernel/constants/clone.js";
import { addStreams, type StandardStreams } from "../kernel/program/clean-start.js";
import { type Program, ProgramBuilder } from "../kernel/program/program.js";
import { printArgument } from "../kernel/system-call.js";
import type { Language } from "../model/language.js";
import type { NamespaceType } from "../model/spec/container.js";
import type { Bindings } from "../model/value.js";
import type { LaunchMode } from "../kernel/launch/clone-arguments.js";
import { type Plan, waitsForHost } from "../plan/plan.js";
import type { Container, HostOfProgram, ResourceLimitValues } from "../steps/host.js";
import { namespacesOfStart } from "../steps/start.js";

export interface LowerOptions {
  readonly host: HostOfProgram & { readonly openFiles: ResourceLimitValues | undefined };
  readonly bindings: Bindings;
  readonly language: Language;
  readonly command: readonly [string, ...string[]];
  /** Descriptors that become standard input, output and error; the launcher's own when left out. */
  readonly streams?: StandardStreams | undefined;
}

/** A program, and which step of the plan each of its entries comes from. */
export interface Lowered {
  readonly program: Program;
  /** The id of the step, by the index of the entry. */
  readonly stepOf: (entry: number) => string;
  /** The entry that opens the root file system's directory, where there is one. */
  readonly rootEntry: number | undefined;
}

type Ingredient = string | number | bigint | null | undefined;

/** Everything that a program is made from besides its plan; the types see to it that nothing is forgotten. */
type Ingredients = Readonly<
  Record<
    Exclude<keyof LowerOptions, "host"> | Exclude<keyof LowerOptions["host"], "rootTree">,
    readonly Ingredient[]
  >
>;

function ingredientsOf({ host, bindings, language, command, streams }: LowerOptions): Ingredients {
  const {
    root,
    cgroupVersion,
    capabilities,
    address,
    idMaps,
    terminal,
    maskedPaths,
    leftOut,
    mountPoints,
    openFiles,
  } = host;
  return {
    language: [language],
    command,
    bindings: [...bindings].flat(),
    streams: (streams ?? []).map((each) => (typeof each === "number" ? each : printArgument(each))),
    root: [root],
    cgroupVersion: [cgroupVersion],
    capabilities: [capabilities.bounding, capabilities.permitted],
    address: [address],
    idMaps: [idMaps?.users, idMaps?.groups, String(idMaps?.helper), String(idMaps?.setgroups)],
    terminal: [terminal],
    maskedPaths: [...maskedPaths].flat(),
    leftOut: [...leftOut],
    mountPoints: [...mountPoints].flatMap(([destination, point]) => [
      destination,
      point.path,
      point.kind,
      point.within,
    ]),
    openFiles: [openFiles?.soft, openFiles?.hard],
  };
}

function areSame(one: Ingredients, other: Ingredients): boolean {
  for (const key of Object.keys(one) as (keyof Ingredients)[]) {
    const [left, right] = [one[key], other[key]];
    if (left.length !== right.length) return false;
    for (let index = 0; index < left.length; index += 1)
      if (left[index] !== right[index]) return false;
  }
  return true;
}

/** The last program of each plan. */
const kept = new WeakMap<Plan, { readonly ingredients: Ingredients; readonly lowered: Lowered }>();

/**
 * Lowers the steps of a plan that happen inside the container to one program of system calls. The next container
 * of the same plan has the same program where nothing else is different.
 */
export function lower(planned: Plan, options: LowerOptions): Lowered {
  // A tree of files is looked at again for each container.
  if (options.host.rootTree !== undefined) return lowerAnew(planned, options);
  const ingredients = ingredientsOf(options);
  const last = kept.get(planned);
  if (last !== undefined && areSame(last.ingredients, ingredients)) return last.lowered;
  const lowered = lowerAnew(planned, options);
  kept.set(planned, { ingredients, lowered });
  return lowered;
}

function lowerAnew({ steps }: Plan, options: LowerOptions): Lowered {
  const { host, bindings, language, command, streams } = options;
  const container: Container = {
    host,
    builder: new ProgramBuilder(),
    language,
    command,
    addStreams: (writer) => {
      addStreams(writer, streams);
    },
    openFiles: host.openFiles,
    rootDescriptor: undefined,
    hasWaited: false,
    program: undefined,
  };
  const ids: string[] = [];
  for (const step of steps) {
    step.lower?.(bindings, container);
    while (ids.length < container.builder.length) ids.push(step.id);
  }
  const { program } = container;
  if (program === undefined) throw new TypeError("the plan ends without a command");
  return {
    program,
    stepOf: (entry) => ids[entry] ?? "start",
    rootEntry: container.rootDescriptor?.entry,
  };
}

const flags: Readonly<Record<NamespaceType, number>> = {
  pid: CLONE_NEWPID,
  mount: CLONE_NEWNS,
  uts: CLONE_NEWUTS,
  ipc: CLONE_NEWIPC,
  network: CLONE_NEWNET,
  user: CLONE_NEWUSER,
  // Made once the container is in its group, which then is the root it sees.
  cgroup: 0,
};

/** The flags of clone3(2) for the namespaces that are made with the container. */
export function cloneFlagsOf(namespaces: readonly NamespaceType[]): number {
  return namespacesOfStart(namespaces).reduce((bits, namespace) => bits | flags[namespace], 0);
}

/** How the container's process has to be launched. */
export const launchModeOf = (planned: Plan): LaunchMode =>
  waitsForHost(planned) ? "waiting" : "vfork";
