import { CooperError } from "../model/errors.js";
import { nearest } from "../model/nearest.js";
import { onceForEach, type Spec } from "../model/spec/parse.js";
import { hostname } from "../steps/hostname.js";
import { name } from "../steps/name.js";
import { start } from "../steps/start.js";
import type { Phase, Step } from "../steps/step.js";
import { wait } from "../steps/wait.js";
import { bannerSteps } from "./banner.js";
import { directoryOf, runDirectoryOf } from "./container-directory.js";
import { cgroupJoinSteps, cgroupSteps } from "./cgroup.js";
import {
  fileSystemSteps,
  mountPointSteps,
  needsOwnFiles,
  rootSwitchSteps,
} from "./file-systems.js";
import { announcement, createContainerSteps, hookRecordSteps, hookSteps } from "./hooks.js";
import { storageSteps } from "./mounts.js";
import { containerNetworkSteps, enteredNetwork, loopbackSteps, networkSteps } from "./network.js";
import { oomScoreSteps, processSteps } from "./process.js";
import { writableLayerSteps } from "./root.js";
import { hasUserNamespace, idMappingSteps, mappedRootSteps } from "./user-namespace.js";

/** The ordered steps of one container. */
export interface Plan {
  readonly spec: Spec;
  readonly steps: readonly Step[];
}

/**
 * Turns a spec into the steps that build it, in the order in which they happen.
 *
 * @throws CooperError `step-unknown`, `step-required` for a step that cannot be left out
 *
 * @example
 * import { parseContainer, plan } from "cooper";
 *
 * const { steps } = plan(parseContainer({ privileged: true, mounts: [], network: { mode: "host" } }));
 * console.log(steps.map(({ id }) => id).join(" ")); // name start root_build pivot_root exec
 */
export function plan(spec: Spec, { without = [] }: PlanOptions = {}): Plan {
  const planned = whole(spec);
  checkLeftOut(planned.steps, without);
  return leaveOut(planned, without);
}

/**
 * The plans of several containers, such as those of a stack. A step is left out wherever there is one of its id.
 *
 * @throws CooperError as {@link plan} does
 */
export function plans(specs: readonly Spec[], { without = [] }: PlanOptions = {}): Plan[] {
  const all = specs.map(whole);
  checkLeftOut(
    all.flatMap(({ steps }) => steps),
    without,
  );
  return all.map((planned) => leaveOut(planned, without));
}

const whole = onceForEach((spec): Plan => {
  const outside = [...idMappingSteps(spec, needsOwnFiles(spec)), ...containerNetworkSteps(spec)];
  const created = hookSteps(spec, "createRuntime");
  const steps = [
    name("name", {
      name: spec.name,
      directory: directoryOf(spec),
      runDirectory: runDirectoryOf(spec),
      anyUser: hasUserNamespace(spec),
    }),
    ...networkSteps(spec),
    ...writableLayerSteps(spec),
    ...storageSteps(spec),
    ...cgroupSteps(spec),
    ...mountPointSteps(spec),
    ...hookRecordSteps(spec),
    start("namespaces", {
      name: spec.name,
      namespaces: spec.namespaces.filter((type) => type !== "cgroup"),
      joinNetwork: enteredNetwork(spec),
      pivot: spec.root.switch === "pivot_root",
      waits: outside.length + created.length > 0,
      ...announcement(spec),
    }),
    ...(outside.length === 0
      ? cgroupJoinSteps(spec)
      : inPhase("outside", [...cgroupJoinSteps(spec), ...whileWaiting(outside)])),
    ...mappedRootSteps(spec),
    ...loopbackSteps(spec),
    ...oomScoreSteps(spec),
    ...hostnameSteps(spec),
    ...fileSystemSteps(spec),
    ...inPhase("container", whileWaiting(created)),
    ...createContainerSteps(spec),
    ...rootSwitchSteps(spec),
    ...bannerSteps(spec),
    ...processSteps(spec),
    ...hookSteps(spec, "poststart"),
    ...hookSteps(spec, "poststop"),
  ];
  return { spec, steps: withUniqueIds(steps) };
});

export interface PlanOptions {
  /** Ids of steps to leave out, to see what goes wrong then. */
  readonly without?: readonly string[];
}

/** @throws CooperError `step-unknown`, `step-required` */
function checkLeftOut(steps: readonly Step[], without: readonly string[]): void {
  const optional = steps.filter(({ required }) => required !== true).map(({ id }) => id);
  const others = [...new Set(optional)];
  for (const id of without) {
    const step = steps.find((each) => each.id === id);
    if (step === undefined)
      throw CooperError.of("step-unknown", { id, suggestion: nearest(id, others), others });
    if (step.required) throw CooperError.of("step-required", { id, others });
  }
}

const leaveOut = (planned: Plan, without: readonly string[]): Plan =>
  without.length === 0
    ? planned
    : { ...planned, steps: planned.steps.filter(({ id }) => !without.includes(id)) };

/** Whether the container's process waits while its launcher does something. */
export const waitsForHost = ({ steps }: Plan): boolean =>
  steps.some(({ kind, attend }) => kind === "wait" || attend !== undefined);

/** Whether the container's shells tell the script's launcher how far they are. */
export const tellsHost = ({ spec, steps }: Plan): boolean =>
  steps.some(({ kind }) => kind === "wait") || announcement(spec).announced === true;

/** Steps of the host for which the container waits. */
function whileWaiting(steps: readonly Step[]): Step[] {
  const [first] = steps;
  return first === undefined ? [] : [...steps, wait(first.cause, {})];
}

const inPhase = (phase: Phase, steps: readonly Step[]): Step[] =>
  steps.map((step) => ({ ...step, phase }));

function hostnameSteps(spec: Spec): Step[] {
  const { hostname: value } = spec;
  if (value === undefined) return [];
  return [hostname("hostname", { hostname: value, ofUserNamespace: hasUserNamespace(spec) })];
}

/** Ids are made of letters and digits only, so `/a/b` and `/a_b` ask for the same one. */
function withUniqueIds(steps: readonly Step[]): Step[] {
  const taken = new Set<string>();
  return steps.map((step) => {
    let { id } = step;
    for (let number = 2; taken.has(id); number += 1) id = `${step.id}_${String(number)}`;
    taken.add(id);
    return { ...step, id };
  });
}
