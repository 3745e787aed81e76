import type { Located } from "../config/read-description.js";
import type { Span } from "../model/errors.js";
import type { Spec } from "../model/spec/parse.js";
import { isStack, type Stack } from "../model/spec/stack.js";
import { applyPolicy, type Finding, type Policy, type PolicyInput, parsePolicy } from "./policy.js";
import { risksOf } from "./rules.js";

/**
 * Tells what a policy has against a container, or against any container of a stack; the worst first. Without a policy
 * every rule has a severity of its own.
 *
 * @throws CooperError with everything that is wrong with the policy
 *
 * @example
 * import { check, parseContainer } from "cooper";
 *
 * const findings = check(parseContainer({ privileged: true }), { rules: { "root-user": "off" } });
 * console.log(findings[0]?.rule, findings[0]?.severity); // privileged error
 */
export function check(described: Spec | Stack, policy: PolicyInput = {}): Finding[] {
  return applyPolicy(risksIn(described), parsePolicy(policy));
}

function risksIn(described: Spec | Stack) {
  if (!isStack(described)) return risksOf(described);
  return described.containers.flatMap((spec, index) =>
    risksOf(spec).map((risk) => ({ ...risk, field: ["containers", index, ...risk.field] })),
  );
}

/** A finding, and where in a config it comes from. */
export interface LocatedFinding extends Finding {
  readonly file: string;
  readonly span: Span | undefined;
}

/** As {@link check}, with the place of every finding in the config. */
export function checkConfig(
  config: string,
  { described, locate }: Located,
  policy: Policy,
): LocatedFinding[] {
  return applyPolicy(risksIn(described), policy).map((finding) => {
    const span = locate(finding.field);
    return { ...finding, file: span?.file ?? config, span };
  });
}
