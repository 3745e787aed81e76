import * as z from "zod";
import { CooperError, problem, type Problem } from "../model/errors.js";
import { isPlainObject } from "../model/expressions.js";
import { nearest } from "../model/nearest.js";
import { problemsOf } from "../model/spec/parse.js";
import { type Risk, riskLevels, type RiskLevel, ruleNames } from "./rules.js";

/** How bad a finding is; the levels of SARIF. A note does not make a check fail. */
const severities = ["error", "warning", "note", "off"] as const;

export type Severity = (typeof severities)[number];

/** What an organisation forbids, and what it allows all the same. */
export const policySchema = z.object({
  rules: z
    .partialRecord(z.enum(ruleNames), z.enum(severities))
    .default({})
    .describe(
      "How bad a finding of a rule is, for the rules that are to have another severity than their own.",
    ),
  allow: z
    .partialRecord(z.enum(ruleNames), z.array(z.string()))
    .default({})
    .describe(
      "What is fine all the same, by rule: paths, capabilities or ports, written as findings show them.",
    ),
});

export type Policy = z.output<typeof policySchema>;

/** What an organisation forbids, as people write it: `{ rules: { privileged: "off" }, allow: {} }`. */
export type PolicyInput = z.input<typeof policySchema>;

/** @throws CooperError with every problem found; `unknown-field` for a rule there is not */
export function parsePolicy(input: unknown): Policy {
  const [unknown, ...others] = unknownFields(input);
  if (unknown !== undefined) throw new CooperError([unknown, ...others]);
  const result = policySchema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  throw new CooperError(problemsOf(result.error), { cause: result.error });
}

function unknownFields(input: unknown): Problem[] {
  if (!isPlainObject(input)) return [];
  const parts = Object.keys(policySchema.shape);
  return [
    ...unknownOf(input, parts, []),
    ...parts.flatMap((part) =>
      isPlainObject(input[part]) ? unknownOf(input[part], ruleNames, [part]) : [],
    ),
  ];
}

const unknownOf = (given: object, known: string[], path: readonly string[]) =>
  Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) =>
      problem(
        "unknown-field",
        { name, known, suggestion: nearest(name, known) },
        { field: [...path, name] },
      ),
    );

/** What is found when a policy says nothing else. */
export const defaultSeverities: Readonly<Record<RiskLevel, Finding["severity"]>> = {
  high: "error",
  medium: "warning",
  low: "note",
};

/** One thing that a policy has against a container. */
export interface Finding extends Risk {
  readonly severity: Exclude<Severity, "off">;
}

/** The risks that a policy does not allow, the worst first. */
export function applyPolicy(risks: readonly Risk[], { rules, allow }: Policy): Finding[] {
  const findings = risks.flatMap((risk): Finding[] => {
    const severity = rules[risk.rule] ?? defaultSeverities[risk.level];
    const allowed = risk.subject !== undefined && allow[risk.rule]?.includes(risk.subject);
    return severity === "off" || allowed ? [] : [{ ...risk, severity }];
  });
  const rank = ({ severity, level }: Finding) =>
    severities.indexOf(severity) * riskLevels.length + riskLevels.indexOf(level);
  return findings.sort((left, right) => rank(left) - rank(right));
}

/** Whether a check with these findings fails. */
export const fails = (findings: readonly Finding[]): boolean =>
  findings.some(({ severity }) => severity !== "note");
