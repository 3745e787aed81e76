import type { Located } from "../config/read-container.js";
import { isStack } from "../model/spec/stack.js";
import { applyPolicy, type Finding, type Policy } from "./policy.js";
import { risksOf } from "./rules.js";
import type { Span } from "../model/errors.js";

/** A finding, and where in a config it comes from. */
export interface LocatedFinding extends Finding {
  readonly file: string;
  readonly span: Span | undefined;
}

/** What a policy has against a config: against its container, or against any container of its stack. */
export function check(
  config: string,
  { described, locate }: Located,
  policy: Policy,
): LocatedFinding[] {
  const risks = isStack(described)
    ? described.containers.flatMap((spec, index) =>
        risksOf(spec).map((risk) => ({ ...risk, field: ["containers", index, ...risk.field] })),
      )
    : risksOf(described);
  return applyPolicy(risks, policy).map((finding) => {
    const span = locate(finding.field);
    return { ...finding, file: span?.file ?? config, span };
  });
}
