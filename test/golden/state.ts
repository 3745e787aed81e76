/**
 * state.json of a golden case: what is observed of its container, or of each container of a stack by name. The part
 * about control groups has a form for hosts with cgroup v1 and one for hosts with cgroup v2. A host shows one of them.
 */
import { existsSync } from "node:fs";

export type CgroupForm = "v1" | "v2";

/** What this machine, and every simulated host on it, shows. A hybrid host counts as v1. */
export const ownForm = (): CgroupForm =>
  existsSync("/sys/fs/cgroup/cgroup.controllers") ? "v2" : "v1";

/** A state as JSON; with both forms `cgroup` is an object of them. */
type State = Readonly<Record<string, unknown>>;

type Forms = Readonly<Record<CgroupForm, unknown>>;

const noForms: Forms = { v1: null, v2: null };

/** What state.json says is observed where this form is shown. */
export function stateInForm(file: string, form: CgroupForm): string {
  return printStates(file, (state) => withCgroup(state, formsOf(state)[form] ?? undefined));
}

/**
 * state.json with what was observed in one form; the other form is that of the file so far.
 *
 * @param file undefined when there is none yet
 * @param observed as `observedState` tells it
 */
export function withObserved(file: string | undefined, observed: string, form: CgroupForm): string {
  const before = formsByName(file);
  return printStates(observed, (state, name) => {
    const forms = { ...(before.get(name) ?? noForms), [form]: state["cgroup"] ?? null };
    return withCgroup(state, isEmpty(forms) ? undefined : forms);
  });
}

/** Whether anything is limited. */
export const hasForms = (file: string): boolean =>
  [...formsByName(file).values()].some((forms) => !isEmpty(forms));

/**
 * Whether the form that this machine does not show has to be observed elsewhere: there is none, or this machine's has
 * changed, so that the other may have.
 *
 * @param before state.json as it was
 * @param now as it is with what this machine shows
 */
export function needsOtherForm(before: string | undefined, now: string): boolean {
  const [own, other] = ownForm() === "v1" ? (["v1", "v2"] as const) : (["v2", "v1"] as const);
  const earlier = formsByName(before);
  return [...formsByName(now)].some(([name, forms]) => {
    const old = earlier.get(name);
    const changed = old !== undefined && print(old[own]) !== print(forms[own]);
    return changed || (forms[own] !== null && forms[other] === null);
  });
}

/** The states of a file by the names of their containers; one container has none here. */
function statesOf(file: string): [name: string, state: State][] {
  const content = JSON.parse(file) as State | Readonly<Record<string, State>>;
  return Array.isArray(content["namespaces"])
    ? [["", content]]
    : (Object.entries(content) as [string, State][]);
}

function formsByName(file: string | undefined): ReadonlyMap<string, Forms> {
  const states = file === undefined ? [] : statesOf(file);
  return new Map(states.map(([name, state]) => [name, formsOf(state)]));
}

function formsOf({ cgroup }: State): Forms {
  const { v1 = null, v2 = null } = (cgroup ?? {}) as Partial<Forms>;
  return { v1, v2 };
}

const isEmpty = ({ v1, v2 }: Forms) => v1 === null && v2 === null;

/** In the place where `observe` tells it: after the mounts. */
function withCgroup(state: State, cgroup: unknown): State {
  const others = Object.entries(state).filter(([key]) => key !== "cgroup");
  const place = others.findIndex(([key]) => key === "mounts") + 1;
  const added = cgroup === undefined ? [] : [["cgroup", cgroup] as const];
  return Object.fromEntries([...others.slice(0, place), ...added, ...others.slice(place)]);
}

/** The file with each of its states changed. */
function printStates(file: string, change: (state: State, name: string) => State): string {
  const states = statesOf(file).map(([name, state]) => [name, change(state, name)] as const);
  const [only] = states;
  return print(only?.[0] === "" ? only[1] : Object.fromEntries(states));
}

const print = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
