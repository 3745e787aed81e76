import { readFileSync, readlinkSync } from "node:fs";
import { constants } from "node:os";
import { observeCapabilities, type ObservedCapabilities } from "./capabilities.js";
import { byText, readKeyValues, readStrings, required } from "./proc.js";

export interface ObservedProcess {
  /** Its number in its own pid namespace; undefined when it shares the observer's, where any may be its. */
  readonly pid: number | undefined;
  readonly args: readonly string[];
  /** What it was started with. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where its absolute paths begin: "/" unless its root is no mount of its own. */
  readonly root: string;
  /** Its working directory, from its root. */
  readonly cwd: string;
  readonly user: { readonly uid: number; readonly gid: number; readonly groups: readonly number[] };
  readonly umask: string;
  readonly capabilities: ObservedCapabilities;
  readonly noNewPrivileges: boolean;
  readonly seccomp: "disabled" | "strict" | "filter";
  /** Blocked and ignored signals are inherited by what a process starts. */
  readonly signals: { readonly blocked: readonly string[]; readonly ignored: readonly string[] };
  /** Resource limits other than the observer's, as "soft hard". */
  readonly limits: Readonly<Record<string, string>>;
  /** How readily the kernel kills it when memory runs out; undefined when that is as for the observer. */
  readonly oomScoreAdj?: number;
}

/** Source: proc(5), /proc/PID/status and its neighbours. */
export function observeProcess(pid: number): ObservedProcess {
  const directory = `/proc/${pid}`;
  const status = readKeyValues(`${directory}/status`);
  const field = (name: string) => required(status.get(name), name);
  const numbers = (name: string) => field(name).split(/\s+/).filter(Boolean).map(Number);
  const root = readlinkSync(`${directory}/root`);
  return {
    pid: numbers("NSpid").slice(1).at(-1),
    args: readStrings(`${directory}/cmdline`),
    environment: observeEnvironment(directory),
    root,
    cwd: belowRoot(readlinkSync(`${directory}/cwd`), root),
    user: {
      // The second of four, real, effective, saved and file system, is what permissions go by.
      uid: required(numbers("Uid")[1], "Uid"),
      gid: required(numbers("Gid")[1], "Gid"),
      groups: numbers("Groups"),
    },
    umask: field("Umask"),
    capabilities: observeCapabilities(status, readKeyValues("/proc/self/status")),
    noNewPrivileges: field("NoNewPrivs") === "1",
    seccomp: (["disabled", "strict", "filter"] as const)[Number(field("Seccomp"))] ?? "filter",
    signals: { blocked: signalNames(field("SigBlk")), ignored: signalNames(field("SigIgn")) },
    limits: observeLimits(pid),
    ...observeOomScore(pid),
  };
}

function observeEnvironment(directory: string): Record<string, string> {
  const entries = readStrings(`${directory}/environ`).map((each): [string, string] => {
    const equals = each.indexOf("=");
    return [each.slice(0, equals), each.slice(equals + 1)];
  });
  return Object.fromEntries(entries.sort(([left], [right]) => byText(left, right)));
}

/** A path as who lives below `root` writes it. */
function belowRoot(path: string, root: string): string {
  if (root === "/" || !`${path}/`.startsWith(`${root}/`)) return path;
  return path.slice(root.length) || "/";
}

/** A set of signals in hexadecimal: the lowest bit is signal 1. */
function signalNames(mask: string): string[] {
  const bits = BigInt(`0x${mask}`);
  const names = new Map(Object.entries(constants.signals).map(([name, n]) => [n, name]));
  return Array.from({ length: 64 }, (_, index) => index + 1)
    .filter((signal) => (bits >> BigInt(signal - 1)) & 1n)
    .map((signal) => names.get(signal) ?? String(signal));
}

/** Lines of /proc/PID/limits: a name in 25 columns, then the soft and the hard limit. */
function observeLimits(pid: number): Record<string, string> {
  const own = new Set(limitLines("self"));
  return Object.fromEntries(
    limitLines(String(pid))
      .filter((line) => !own.has(line))
      .map((line) => [
        line.slice(0, 25).trim(),
        line.slice(25).trim().split(/\s+/).slice(0, 2).join(" "),
      ]),
  );
}

const limitLines = (pid: string) =>
  readFileSync(`/proc/${pid}/limits`, "utf8").trimEnd().split("\n").slice(1);

/** Source: proc(5), /proc/PID/oom_score_adj. */
function observeOomScore(pid: number): { readonly oomScoreAdj?: number } {
  const [score, own] = [pid, "self"].map((process) =>
    Number(readFileSync(`/proc/${process}/oom_score_adj`, "utf8")),
  );
  return score === undefined || score === own ? {} : { oomScoreAdj: score };
}
