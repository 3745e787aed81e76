import path from "node:path";

/** What processes did to their host, as strace saw it. Those in a mount namespace of their own do not count. */
export interface HostChanges {
  /** Files made, written or removed; absolute. */
  readonly files: ReadonlySet<string>;
  /** Where something was mounted or unmounted. */
  readonly mounts: ReadonlySet<string>;
  /** Programs executed, by name. */
  readonly programs: ReadonlySet<string>;
  /** What was mounted, by anybody; also by the name of a symbolic link, as an overlay does it. */
  readonly sources: ReadonlySet<string>;
}

/** The system calls that {@link hostChanges} has to see. */
export const traced = [
  ..."execve execveat clone clone3 fork vfork unshare setns chdir fchdir".split(" "),
  ..."open openat openat2 creat mkdir mkdirat mknod mknodat symlink symlinkat link".split(" "),
  ..."linkat rename renameat renameat2 unlink unlinkat rmdir truncate chmod fchmodat".split(" "),
  ..."chown fchownat mount open_tree move_mount umount2".split(" "),
].join(",");

type Sets = { readonly [Key in keyof HostChanges]: Set<string> };

/** Where a process is. */
interface Situation {
  readonly cwd: string;
  /** Whether it has a mount namespace of its own. */
  readonly inside: boolean;
}

/**
 * Reads what `strace -ff -y` wrote.
 *
 * @param traces by process id
 * @param first the process that everything began with
 */
export function hostChanges(traces: ReadonlyMap<string, string>, first: string): HostChanges {
  const sets: Sets = {
    files: new Set(),
    mounts: new Set(),
    programs: new Set(),
    sources: new Set(),
  };
  const follow = (pid: string, from: Situation): void => {
    let { cwd, inside } = from;
    for (const { name, args, result } of callsIn(traces.get(pid) ?? "")) {
      const own = args.includes("CLONE_NEWNS");
      const paths = pathsIn(args, cwd);
      if (/^(clone3?|v?fork)$/.test(name)) follow(result, { cwd, inside: inside || own });
      else if (name === "unshare" || name === "setns") inside ||= own;
      else if (name === "chdir" || name === "fchdir") cwd = paths[0] ?? cwd;
      else if (name !== "open_tree" && !inside) record(sets, name, args, paths);
    }
  };
  follow(first, { cwd: "/", inside: false });
  // In a pid namespace children have other numbers, so nothing leads from a container's shell to its tools.
  for (const text of traces.values())
    for (const { name, args } of callsIn(text))
      if (/^(mount|open_tree|symlink.*)$/.test(name)) sets.sources.add(pathsIn(args, "/")[0] ?? "");
  return sets;
}

/** The calls of a trace that succeeded. */
function callsIn(trace: string) {
  const pattern = /^(?<name>\w+)\((?<args>.*)\)\s+= (?<result>-?\d+)/;
  return trace.split("\n").flatMap((line) => {
    const { name, args = "", result = "" } = pattern.exec(line)?.groups ?? {};
    return name === undefined || result.startsWith("-") ? [] : [{ name, args, result }];
  });
}

/** The paths among the arguments of a call: a text, below the descriptor before it where there is one. */
function pathsIn(args: string, cwd: string): string[] {
  const pattern =
    /(?:(?:AT_FDCWD|\d+)(?:<(?<base>[^>]*)>)?)?(?:, )?"(?<text>(?:[^"\\]|\\.)*)"|\d+<(?<only>\/[^>]*)>/g;
  return [...args.matchAll(pattern)].map(({ groups = {} }) =>
    path.resolve(cwd, groups["base"] ?? "", groups["text"] ?? groups["only"] ?? ""),
  );
}

/** Notes what a call of the host's did. */
function record(sets: Sets, name: string, args: string, [first = "", second = ""]: string[]): void {
  if (name.startsWith("execve")) sets.programs.add(path.basename(first));
  else if (name.startsWith("open")) {
    if (/O_(WRONLY|RDWR|CREAT|TRUNC)/.test(args)) sets.files.add(first);
  } else if (name === "mount") {
    // A change of propagation mounts nothing.
    if (!/MS_(PRIVATE|SLAVE|SHARED)/.test(args)) sets.mounts.add(second);
  } else if (name === "move_mount") sets.mounts.add(second);
  else if (name === "umount2") sets.mounts.add(first);
  else if (name.startsWith("symlink")) sets.files.add(second);
  else {
    sets.files.add(first);
    if (/^(rename|link)/.test(name)) sets.files.add(second);
  }
}
