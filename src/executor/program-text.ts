import { allCapabilities } from "../kernel/constants/capabilities.js";
import { cloneCall } from "../kernel/launch/clone-arguments.js";
import type { Program, ProgramEntry } from "../kernel/program/program.js";
import { printSystemCall } from "../kernel/system-call.js";
import type { Language } from "../model/language.js";
import { readable } from "../model/readable.js";
import { resolve } from "../model/value.js";
import type { Bindings, Parameter, Value } from "../model/value.js";
import type { Plan } from "../plan/plan.js";
import type { Host } from "../steps/host.js";
import { systemRunDirectory } from "../steps/run-directory.js";
import type { Step } from "../steps/step.js";
import { cloneFlagsOf, launchModeOf, lower, type Lowered } from "./lower.js";

export interface ProgramTextOptions {
  /** The language of the steps' titles; default `en`. */
  readonly language?: Language;
}

/** The system calls of one step, one printed call in each line. */
export interface StepProgram {
  readonly step: Step;
  /** The hierarchy of control groups these calls are for; undefined when they are the same for both. */
  readonly cgroupVersion: 1 | 2 | undefined;
  readonly lines: readonly string[];
}

/**
 * The container's side of a plan as text: the system calls of its first process as strace prints them, under
 * a line `# step: title` for each step. What only a run knows has a name: `$ROOTFS` a parameter, `$address` the
 * leased address, `$networkNamespace` a descriptor of the launcher's, `$mount_proc.1` what the first call of
 * that step returned, `$root` the open root file system.
 *
 * Pure: the same plan gives the same text.
 */
export function programText(planned: Plan, { language = "en" }: ProgramTextOptions = {}): string {
  const sections = stepPrograms(planned, { language }).map(({ step, cgroupVersion, lines }) => {
    const form = cgroupVersion === undefined ? "" : ` (cgroup v${cgroupVersion})`;
    const title = `# ${step.id}: ${readable(step.title[language])}${form}`;
    return [title, ...lines].map((line) => `${line}\n`).join("");
  });
  return sections.join("\n");
}

/**
 * The same as data. A step whose system calls depend on the version of the host's control groups comes twice.
 */
export function stepPrograms(
  planned: Plan,
  { language = "en" }: ProgramTextOptions = {},
): StepProgram[] {
  const limited = planned.steps.some(({ kind }) => kind === "cgroup");
  const { version } = planned.spec.cgroup;
  const versions = !limited ? [undefined] : version === "auto" ? ([1, 2] as const) : [version];
  const forms = versions.map((each) => ({ version: each, lines: print(planned, language, each) }));
  return planned.steps.flatMap((step) => {
    const own = forms.map((form) => ({
      step,
      cgroupVersion: form.version,
      lines: form.lines.get(step.id) ?? [],
    }));
    const [first, ...others] = own;
    if (first === undefined) return [];
    const same = others.every(({ lines }) => lines.join("\n") === first.lines.join("\n"));
    const distinct = same ? [{ ...first, cgroupVersion: undefined }] : own;
    return distinct.filter(({ lines }) => lines.length > 0);
  });
}

/** The lines of each step, by its id. */
function print(
  planned: Plan,
  language: Language,
  cgroupVersion: 1 | 2 | undefined,
): ReadonlyMap<string, readonly string[]> {
  const bindings = standInBindings(planned.spec.parameters);
  const lowered = lower(planned, {
    host: standInHost(planned, bindings, cgroupVersion),
    bindings,
    language,
    command: planned.spec.process.args.map((each) => String(resolve(each, bindings))) as [
      string,
      ...string[],
    ],
  });
  const { program, stepOf } = lowered;
  const names = resultNames(lowered);
  const used = usedResults(program);
  const lines = new Map<string, string[]>([["start", [printStart(planned, cgroupVersion)]]]);
  program.entries.forEach(({ call }, index) => {
    const id = stepOf(index);
    const printed = printSystemCall(call, { results: (entry) => names[entry] });
    const result = used.has(index) ? ` = ${names[index] ?? ""}` : "";
    lines.set(id, [...(lines.get(id) ?? []), printed + result]);
  });
  return lines;
}

/** The launcher's own call, with which the process begins. */
function printStart(planned: Plan, cgroupVersion: 1 | 2 | undefined): string {
  const call = cloneCall({
    flags: cloneFlagsOf(planned.spec.namespaces),
    mode: launchModeOf(planned),
    ...(cgroupVersion === 2 ? { cgroup: "$cgroup" } : {}),
  });
  return printSystemCall(call);
}

/** Numbers that do not change when other steps come or go: the place of the call within its step. */
function resultNames({ program: { entries }, stepOf, rootEntry }: Lowered): string[] {
  const counts = new Map<string, number>();
  return entries.map((_, index) => {
    const id = stepOf(index);
    const number = (counts.get(id) ?? 0) + 1;
    counts.set(id, number);
    return index === rootEntry ? "$root" : `$${id}.${number}`;
  });
}

/** The entries whose results later ones use. */
function usedResults({ entries }: Program): ReadonlySet<number> {
  const resultsIn = ({ call }: ProgramEntry) =>
    call.arguments.flatMap((each) => (each.kind === "result" ? [each.entry] : []));
  return new Set(entries.flatMap(resultsIn));
}

/** A parameter that is text stands for its own name; a number is needed for arithmetic. */
function standInBindings(parameters: readonly Parameter[]): Bindings {
  return new Map(
    parameters.map(({ type, name, default: fallback }) => [
      name,
      type === "integer" || type === "bytes" ? fallback : `$${name}`,
    ]),
  );
}

/** What a host would say, as far as it is not known before. */
function standInHost(
  { spec: { name, root } }: Plan,
  bindings: Bindings,
  cgroupVersion: 1 | 2 | undefined,
): Host {
  const known = (value: Value<"name" | "path">) => String(resolve(value, bindings));
  const directory = `${systemRunDirectory}/containers/${known(name)}`;
  return {
    name: known(name),
    directory,
    root: root.path === undefined ? `${directory}/rootfs` : known(root.path),
    cgroupVersion,
    capabilities: { bounding: allCapabilities, permitted: allCapabilities },
    openFiles: undefined,
    terminal: undefined,
    stale: false,
    address: "$address",
    veth: "$veth",
    networkNamespace: undefined,
    rootMount: undefined,
    layers: undefined,
    process: undefined,
    rootTree: undefined,
    mountPoints: new Map(),
    maskedPaths: new Map(),
    leftOut: new Set(),
    idMaps: undefined,
    findTerminal: nothingHappens,
    undo: nothingHappens,
    undoAside: nothingHappens,
    lock: nothingHappens,
    unlock: nothingHappens,
    command: nothingHappens,
    runHook: nothingHappens,
    warn: nothingHappens,
    inTurn: nothingHappens,
  };
}

/** Lowering a step does nothing to a host; whoever tries is told. */
const nothingHappens = (): never => {
  throw new TypeError("only a run can change the host");
};
