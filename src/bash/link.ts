/**
 * Which parts of the library a script needs follows from what it calls: nothing declares it twice.
 *
 * A script is rendered once without a library. The functions it calls, and those they call, are found, and
 * it is then rendered with just these, with the variables they share, and with what the container's shell
 * has to inherit.
 */
export interface Linked {
  /** Library functions, by name. */
  readonly library: readonly string[];
  /** Variables that functions share; they start out empty. */
  readonly globals: readonly { readonly name: string; readonly array: boolean }[];
  readonly exportedFunctions: readonly string[];
  readonly exportedVariables: readonly string[];
}

export interface Linkable {
  /** The script without a library and without literals, which may be the name of anything. */
  readonly outline: (linked: Linked) => string;
  /** The names of all library functions. */
  readonly libraryNames: readonly string[];
  /** A library function, without literals. */
  readonly outlineLibrary: (name: string) => string;
  /** The functions that a shell of the container begins with. */
  readonly shells: readonly string[];
  /** The script's parameters, which are variables too. */
  readonly parameters: readonly string[];
}

const arrays = new Set([
  "before_command",
  "cgroups",
  "found",
  "made_directories",
  "privileges",
  "trash",
  "undo_stack",
]);

/** Every variable that one function sets and another reads; `status` and the like are local. */
const sharedVariables = [
  "address",
  "arrival",
  "attended",
  "before_command",
  "cgroup_version",
  "cgroups",
  "claimed",
  "cleaning",
  "copied",
  "current",
  "directory",
  "dry_run",
  "engine",
  "final_root",
  "found",
  "image_id",
  "is_kept",
  "kept_copy",
  "killed_by",
  "host_root",
  "id_groups",
  "id_helper",
  "id_users",
  "interrupted",
  "launched",
  "lease",
  "lock_descriptor",
  "made_directories",
  "mount_table",
  "mirror",
  "new_root",
  "no_cache",
  "privileges",
  "process",
  "quiet",
  "release",
  "root",
  "run_directory",
  "stale",
  "temporary",
  "trash",
  "undo_stack",
  "veth",
  "workspace",
];

/** Variables that are set before any function runs. */
const constants = ["green", "red", "reset", "script"];

/** Finds what a script needs. */
export function link({
  outline,
  libraryNames,
  outlineLibrary,
  shells,
  parameters,
}: Linkable): Linked {
  const nothing = { library: [], globals: [], exportedFunctions: [], exportedVariables: [] };
  const functions = functionWords(outline(nothing));
  const library = new Map<string, ReadonlySet<string>>();
  const use = (words: ReadonlySet<string>) => {
    for (const name of libraryNames)
      if (words.has(name) && !library.has(name)) {
        const called = functionWords(outlineLibrary(name)).get(name) ?? new Set<string>();
        library.set(name, called);
        use(called);
      }
  };
  [...functions.values()].forEach(use);

  const all = new Map([...functions, ...library]);
  const used = union(all.values());
  const inside = reachable(["relay", ...shells], all);
  const usedInside = union([...inside].map((name) => all.get(name) ?? new Set<string>()));
  return {
    library: [...library.keys()].sort(),
    globals: sharedVariables
      .filter((name) => used.has(name))
      .map((name) => ({ name, array: arrays.has(name) })),
    exportedFunctions: [...inside].sort(),
    exportedVariables: [...sharedVariables, ...constants, ...parameters]
      .filter((name) => !arrays.has(name) && usedInside.has(name))
      .sort(),
  };
}

/** The functions of a script and the words in their bodies; the layout makes both easy to tell. */
function functionWords(script: string): Map<string, Set<string>> {
  const functions = new Map<string, Set<string>>();
  let words: Set<string> | undefined;
  for (const line of script.split("\n")) {
    const name = /^([a-z_][A-Za-z0-9_]*)\(\) \{$/.exec(line)?.[1];
    if (name !== undefined) functions.set(name, (words = new Set()));
    else if (line === "}") words = undefined;
    else if (words !== undefined && !/^\s*#/.test(line))
      for (const word of line.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? []) words.add(word);
  }
  return functions;
}

function union(sets: Iterable<ReadonlySet<string>>): Set<string> {
  const all = new Set<string>();
  for (const set of sets) for (const each of set) all.add(each);
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
