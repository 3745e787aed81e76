/**
 * Which parts of the library a script needs follows from what it calls: nothing declares it twice.
 *
 * A script is rendered once without a library; the functions it calls, and those they call, are found; then
 * it is rendered again with just these, with the variables they share, and with what the container's shell
 * has to inherit.
 */
import { templates } from "cooper:templates";

export interface Linked {
  /** Library functions, by name. */
  readonly library: readonly string[];
  /** Variables that functions share; they start out empty. */
  readonly globals: readonly { readonly name: string; readonly array: boolean }[];
  readonly exportedFunctions: readonly string[];
  readonly exportedVariables: readonly string[];
}

const libraryNames = Object.keys(templates)
  .filter((name) => name.startsWith("lib/"))
  .map((name) => name.slice("lib/".length).replace(/\.sh$/, ""))
  .sort();

const arrays = new Set(["undo_stack", "trash", "cgroups"]);

/** Every variable that one function sets and another reads; `status` and the like are local. */
const sharedVariables = [
  "address",
  "cgroup_version",
  "cgroups",
  "cleaning",
  "current",
  "directory",
  "dry_run",
  "killed_by",
  "launched",
  "lease",
  "lock_descriptor",
  "quiet",
  "root",
  "stale",
  "trash",
  "undo_stack",
  "veth",
];

/** Variables that are set before any function runs. */
const constants = ["green", "red", "reset", "script"];

export function linkScript(
  render: (linked: Linked) => string,
  { parameters }: { readonly parameters: readonly string[] },
): string {
  let linked: Linked = { library: [], globals: [], exportedFunctions: [], exportedVariables: [] };
  for (;;) {
    const next = link(render(linked), parameters);
    if (JSON.stringify(next) === JSON.stringify(linked)) return render(linked);
    linked = next;
  }
}

function link(script: string, parameters: readonly string[]): Linked {
  const functions = functionBodies(script);
  const library = libraryNames.filter((name) => callsOf(withoutComments(script)).has(name));
  const entry = functions.has("enter") ? ["enter", "container"] : ["container"];
  const exportedFunctions = [...reachable(entry, functions)].sort();
  const inside = exportedFunctions.map((name) => functions.get(name) ?? "").join("\n");
  return {
    library,
    globals: sharedVariables
      .filter((name) => mentions(script, name))
      .map((name) => ({ name, array: arrays.has(name) })),
    exportedFunctions,
    exportedVariables: [...sharedVariables, ...constants, ...parameters]
      .filter((name) => !arrays.has(name) && mentions(inside, name))
      .sort(),
  };
}

/** The functions of a script and their bodies; shfmt's layout makes both easy to tell. */
function functionBodies(script: string): Map<string, string> {
  const matches = script.matchAll(/^(?<name>[a-z_][A-Za-z0-9_]*)\(\) \{\n(?<body>.*?)^\}/gms);
  return new Map(
    [...matches].map(({ groups }) => [
      groups?.["name"] ?? "",
      withoutComments(groups?.["body"] ?? ""),
    ]),
  );
}

const withoutComments = (body: string) => body.replace(/^\s*#.*$/gm, "");

/** Every word that could be a call. */
const callsOf = (body: string) => new Set(body.match(/[A-Za-z_][A-Za-z0-9_]*/g));

function reachable(entry: readonly string[], functions: ReadonlyMap<string, string>): Set<string> {
  const found = new Set<string>();
  const visit = (name: string) => {
    const body = functions.get(name);
    if (body === undefined || found.has(name)) return;
    found.add(name);
    callsOf(body).forEach(visit);
  };
  entry.forEach(visit);
  return found;
}

const mentions = (body: string, variable: string) =>
  new RegExp(`(?<![A-Za-z0-9_])${variable}(?![A-Za-z0-9_])`).test(withoutComments(body));
