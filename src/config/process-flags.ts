import { resourceLimits } from "../kernel/constants/process.js";
import { CooperError } from "../model/errors.js";
import { isPlainObject } from "../model/expressions.js";
import { processSchema } from "../model/spec/process.js";
import { valueTypes } from "../model/value-types.js";
import { type Fields, withFields } from "./fields.js";
import type { ContainerFlags } from "./flags.js";

/** What flags say about the process, laid over what a config says. */
export function processFields(flags: ContainerFlags, config: unknown): Fields {
  const { env, user, capabilities, rlimits } = isPlainObject(config) ? config : {};
  const { capAdd, capDrop, oomScoreAdj, ulimit, securityOpt } = flags;
  return {
    args: flags.command,
    env: flags.env === undefined ? undefined : environment(flags.env, env),
    cwd: flags.workdir,
    user: withFields(user, userFields(flags, user)),
    capabilities: withFields(capabilities, {
      add: capAdd && added(capAdd.map(capability), capabilities, "add"),
      drop: capDrop && added(capDrop.map(capability), capabilities, "drop"),
    }),
    noNewPrivileges: securityOpt
      ?.filter((text) => !isUnconfined(text))
      .map(noNewPrivileges)
      .at(-1),
    rlimits: ulimit && limits(ulimit.map(resourceLimit), rlimits),
    oomScoreAdj: oomScoreAdj === undefined ? undefined : score(oomScoreAdj),
  };
}

function environment(assignments: readonly string[], config: unknown): Fields {
  const entries = assignments.map((text): [string, string] => {
    const equals = text.indexOf("=");
    if (equals < 1) throw CooperError.of("environment-assignment", { text });
    return [text.slice(0, equals), text.slice(equals + 1)];
  });
  // What the model gives a process that says nothing about its environment.
  const variables = isPlainObject(config) ? config : processSchema.parse({}).env;
  return { ...variables, ...Object.fromEntries(entries) };
}

function userFields({ user, groupAdd }: ContainerFlags, config: unknown): Fields {
  return {
    ...(user === undefined ? {} : userAndGroup(user)),
    additionalGids: groupAdd && added(groupAdd.map(group), config, "additionalGids"),
  };
}

function userAndGroup(text: string): Fields {
  const match = /^(?<uid>\d{1,10})(?::(?<gid>\d{1,10}))?$/.exec(text)?.groups;
  if (match === undefined) throw CooperError.of("user-flag", { text });
  return { uid: Number(match["uid"]), gid: Number(match["gid"] ?? 0) };
}

function group(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw CooperError.of("group-flag", { text });
  return Number(text);
}

/** More members for a list of the config's. */
function added(members: readonly unknown[], config: unknown, field: string): unknown[] {
  const list = isPlainObject(config) ? config[field] : undefined;
  return [...(Array.isArray(list) ? (list as unknown[]) : []), ...members];
}

/** Docker does not mind how they are written; whether there is such a one is for validation to say. */
const capability = (text: string) => text.toUpperCase();

/** Docker's words for a container that sees all of /proc and /sys and may change it. */
const isUnconfined = (text: string) => /^systempaths[:=]unconfined$/.test(text);

/** What flags say about the paths that a container does not see or may not change. */
export function restrictedPathsFields({ securityOpt = [] }: ContainerFlags): Fields {
  return securityOpt.some(isUnconfined) ? { maskedPaths: [], readonlyPaths: [] } : {};
}

function noNewPrivileges(text: string): boolean {
  const match = /^no-new-privileges(?:[:=](?<given>true|false))?$/.exec(text)?.groups;
  if (match === undefined) throw CooperError.of("security-flag", { text });
  return match["given"] !== "false";
}

interface Limit {
  readonly type: string;
  readonly soft: number | "unlimited";
  readonly hard: number | "unlimited";
}

function resourceLimit(text: string): Limit {
  const match = /^(?<name>[a-z]+)=(?<soft>-1|\d{1,16})(?::(?<hard>-1|\d{1,16}))?$/.exec(text);
  const { name = "", soft = "", hard = soft } = match?.groups ?? {};
  const type = `RLIMIT_${name.toUpperCase()}`;
  if (match === null || !Object.hasOwn(resourceLimits, type))
    throw CooperError.of("ulimit-flag", {
      text,
      known: Object.keys(resourceLimits).map((each) => each.slice("RLIMIT_".length).toLowerCase()),
    });
  const amount = (given: string) => (given === "-1" ? "unlimited" : Number(given));
  return { type, soft: amount(soft), hard: amount(hard) };
}

/** A limit takes the place of the config's of its type. */
function limits(given: readonly Limit[], config: unknown): unknown[] {
  const replaced = (each: unknown) =>
    isPlainObject(each) && given.some(({ type }) => type === each["type"]);
  const list: unknown[] = Array.isArray(config) ? config : [];
  return [...list.filter((each) => !replaced(each)), ...given];
}

function score(text: string): number {
  const number = valueTypes.integer.parse(text);
  if (number === undefined) throw CooperError.of("oom-score-flag", { text });
  return number;
}
