import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { rulesetGeneration } from "../kernel/netlink/ruleset.js";
import { findTool } from "../kernel/find-tool.js";
import type { Host } from "./host.js";
import { writeLine } from "./records.js";
import { text } from "../model/param.js";
import type { Text, Value } from "../model/value.js";
import type { Known } from "./known.js";
import type { Effect, Lifetime } from "./step.js";

// iptables(8) is a command on either path: which of its two back ends a host uses, and how its rules sit beside
// those of a firewall manager, is decided by the iptables that the host has, not by us.

/** Stands in a rule for the address that is leased when the container starts: a variable of the script. */
export const leasedAddress = { shell: "address" } as const;

type RulePart = string | Value<"integer"> | Value<"name"> | typeof leasedAddress;

/** The tables in the order in which packets meet them; changes are made in this order too. */
const tables = ["raw", "nat", "filter"] as const;

/** A rule of the firewall, in the words of iptables-save(8), without the comment that names its owner. */
export interface Rule {
  readonly table: (typeof tables)[number];
  /** The chain, and what a packet has to be. */
  readonly match: readonly RulePart[];
  /** What happens to it. */
  readonly target: readonly RulePart[];
}

/** The tools that read and change the firewall. */
export const firewallTools = ["iptables-restore", "iptables-save"] as const;

/** The rule as an effect of a step. */
export function ruleEffect({ table, match, target }: Rule, lifetime: Lifetime): Effect {
  const shown = (parts: readonly RulePart[]) =>
    parts.reduce<Text>(
      (sofar, part) => text`${sofar}${isLeasedAddress(part) ? "$address" : part}`,
      text``,
    );
  return { type: "rule", target: text`${table} ${shown(match)} -j ${shown(target)}`, lifetime };
}

const isLeasedAddress = (part: unknown): part is typeof leasedAddress =>
  typeof part === "object" && part !== null && "shell" in part;

/** A rule as a table and what iptables-save(8) writes of it behind the "-A". */
interface Line {
  readonly table: string;
  readonly rule: string;
}

function lineOf({ table, match, target }: Known<Rule>, tag: string, address: string): Line {
  const joined = (parts: Known<Rule>["match"]) =>
    parts.map((part) => (isLeasedAddress(part) ? address : String(part))).join("");
  return {
    table,
    rule: `${joined(match)} -m comment --comment ${tag} -j ${joined(target)}`,
  };
}

/** The rule of an owner as iptables-save(8) writes it, after the name of its table: `nat -A POSTROUTING …`. */
export function savedRule(rule: Known<Rule>, tag: string, address = ""): string {
  const { table, rule: text } = lineOf(rule, `"${tag}"`, address);
  return `${table} -A ${text}`;
}

/** The firewall's rules whose comment is a tag. */
async function findRules(tag: string, command: Host["command"]): Promise<Line[]> {
  const saved = await command(["iptables-save"]);
  let table = "";
  return saved.split("\n").flatMap((line) => {
    if (line.startsWith("*")) table = line.slice(1);
    const tagged = [tag, `"${tag}"`].some((each) => line.includes(` --comment ${each} `));
    return tagged && line.startsWith("-A ") ? [{ table, rule: line.slice("-A ".length) }] : [];
  });
}

/** Makes changes in one go; within a table it is all of them or none. */
async function changeRules(changes: readonly Line[], command: Host["command"]): Promise<void> {
  const blocks = tables.flatMap((table) => {
    const lines = changes.filter((each) => each.table === table).map(({ rule }) => rule);
    return lines.length === 0 ? [] : [`*${table}`, ...lines, "COMMIT"];
  });
  await command(
    ["iptables-restore", "--noflush", "--wait"],
    blocks.map((line) => `${line}\n`).join(""),
  );
}

/** The generation of the rule set in which rules were found complete, by their tags. */
const complete = new Map<string, number>();

/**
 * The generation of the rules that iptables-save(8) would read: as long as it is the same, so are they. Undefined
 * where they are not nftables' own, which alone has such a number.
 */
function generation(): number | undefined {
  const tool = findTool("iptables-save");
  const usesNftables = tool !== undefined && path.basename(realpathSync(tool)).includes("-nft-");
  return usesNftables ? rulesetGeneration() : undefined;
}

/**
 * Adds rules with a comment that names their owner, unless they are all there already: where nothing has changed
 * in the firewall since this process saw that, it need not look again.
 *
 * @param rules.made a file that notes that it has; made before the firewall is changed
 */
export async function addRules(
  { address, command }: Pick<Host, "address" | "command">,
  { made, tag, rules }: { made: string; tag: string; rules: readonly Known<Rule>[] },
): Promise<void> {
  const now = generation();
  if (now !== undefined && complete.get(tag) === now) return;
  const found = await findRules(tag, command);
  if (found.length === rules.length) {
    if (now !== undefined) complete.set(tag, now);
    return;
  }
  if (!existsSync(made)) writeLine(made, "");
  const removed = found.map(({ table, rule }) => ({ table, rule: `-D ${rule}` }));
  const added = rules
    .map((each) => lineOf(each, tag, address))
    .map(({ table, rule }) => ({ table, rule: `-A ${rule}` }));
  await changeRules([...removed, ...added], command);
}

/**
 * Removes all rules whose comment is a tag; none may be left.
 *
 * @returns what was removed, each after the name of its table
 */
export async function removeRules(tag: string, command: Host["command"]): Promise<string[]> {
  const found = await findRules(tag, command);
  const removed = found.map(({ table, rule }) => ({ table, rule: `-D ${rule}` }));
  if (removed.length > 0) await changeRules(removed, command);
  return found.map(({ table, rule }) => `${table} -A ${rule}`);
}
