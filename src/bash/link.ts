import type { Draft } from "./draft.js";

/**
 * Which parts of the library a script needs follows from what it calls: nothing declares it twice.
 *
 * The functions that a draft calls, and those they call, are found. With just these goes what they share, and
 * what the container's shell has to inherit.
 */
export interface Linked {
  /** Library functions, by name and in order. */
  readonly library: ReadonlyMap<string, Draft>;
  /** Variables that functions share; they start out empty. */
  readonly globals: readonly { readonly name: string; readonly array: boolean }[];
  readonly names: {
    readonly exportedFunctions: readonly string[];
    readonly exportedVariables: readonly string[];
  };
}

export interface Linkable {
  /** The script without the library. */
  readonly drafts: readonly Draft[];
  /** A function of the library, or nothing when there is none of this name. */
  readonly library: (name: string) => Draft | undefined;
  /** The functions that a shell of the container begins with. */
  readonly shells: readonly string[];
  /** The script's parameters, which are variables too. */
  readonly parameters: readonly string[];
}

/**
 * Every variable that one function sets and another reads, in two lists; `status` and the like are local. Only texts
 * can be handed to another shell.
 */
const texts = [
  "address",
  "arrival",
  "attended",
  "cgroup_version",
  "claimed",
  "cleaning",
  "copied",
  "current",
  "directory",
  "dry_run",
  "engine",
  "final_root",
  "host_root",
  "id_groups",
  "id_helper",
  "id_users",
  "image_id",
  "interrupted",
  "is_kept",
  "kept_copy",
  "killed_by",
  "launched",
  "lease",
  "lock_descriptor",
  "mirror",
  "mount_table",
  "new_root",
  "no_cache",
  "process",
  "quiet",
  "release",
  "root",
  "run_directory",
  "stale",
  "temporary",
  "veth",
  "workspace",
];
const arrays = [
  "background",
  "before_command",
  "cgroups",
  "deletions",
  "found",
  "made_directories",
  "privileges",
  "trash",
  "undo_stack",
];

/** Variables that are set before any function runs. */
const constants = ["green", "red", "reset", "script"];

/** Finds what a script needs. */
export function link({ drafts, library, shells, parameters }: Linkable): Linked {
  const functions = functionWords(drafts);
  const found = new Map<string, Draft>();
  const used = new Set<string>();
  for (const words of functions.values())
    // There are thousands: an iterator would make an object for each.
    words.forEach((word) => {
      const draft = used.has(word) || functions.has(word) ? undefined : library(word);
      used.add(word);
      if (draft === undefined) return;
      found.set(word, draft);
      // Its words are looked through in their turn.
      functions.set(word, functionWords([draft]).get(word) ?? new Set());
    });

  const inside = reachable(["relay", ...shells], functions);
  const usedInside = union([...inside].map((name) => functions.get(name) ?? new Set<string>()));
  return {
    library: new Map([...found].sort(byName)),
    globals: [...texts, ...arrays]
      .filter((name) => used.has(name))
      .sort()
      .map((name) => ({ name, array: arrays.includes(name) })),
    names: {
      exportedFunctions: [...inside].sort(),
      exportedVariables: [...texts, ...constants, ...parameters]
        .filter((name) => usedInside.has(name))
        .sort(),
    },
  };
}

const byName = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]) =>
  left < right ? -1 : 1;

const functionBody = /^([a-z_][A-Za-z0-9_]*)\(\) \{\n((?:(?!\}$).*\n)*)\}$/gm;

/** The functions of a script and the words in the bodies of each name; the layout makes both easy to tell. */
function functionWords(drafts: readonly Draft[]): Map<string, Set<string>> {
  const functions = new Map<string, Set<string>>();
  for (const { code } of drafts)
    for (const [, name = "", body = ""] of code.matchAll(functionBody)) {
      const words = new Set(body.replace(/^ *#.*/gm, "").match(/[A-Za-z_][A-Za-z0-9_]*/g));
      const known = functions.get(name);
      functions.set(name, known === undefined ? words : union([known, words]));
    }
  return functions;
}

function union(sets: Iterable<ReadonlySet<string>>): Set<string> {
  const all = new Set<string>();
  for (const set of sets) set.forEach((each) => all.add(each));
  return all;
}

/** The functions that can be called from others, these included. */
function reachable(
  entry: readonly string[],
  functions: ReadonlyMap<string, ReadonlySet<string>>,
): Set<string> {
  const found = new Set<string>();
  const visit = (name: string) => {
    const words = functions.get(name);
    if (words === undefined || found.has(name)) return;
    found.add(name);
    words.forEach(visit);
  };
  entry.forEach(visit);
  return found;
}
