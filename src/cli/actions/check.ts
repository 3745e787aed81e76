import { checkConfig, type LocatedFinding } from "../../audit/check.js";
import { fails, parsePolicy } from "../../audit/policy.js";
import { readPolicy } from "../../audit/read-policy.js";
import { toSarif } from "../../audit/sarif.js";
import { readLocated } from "../../config/read-description.js";
import { formatField } from "../../model/errors.js";
import type { Language } from "../../model/language.js";
import { painter } from "../../teach/terminal.js";
import type { ConfigOptions } from "../command-context.js";
import { message } from "../messages/index.js";
import { outputStyle } from "../output-style.js";
import { fileOf } from "../read-case.js";
import { writeOutput } from "../write-output.js";

export interface CheckCommandOptions extends ConfigOptions {
  readonly policy?: string;
  readonly format: "text" | "json" | "sarif";
  readonly output?: string;
}

/** `cooper check`: what a policy has against configs; the exit status is 1 when that is an error or a warning. */
export async function checkCommand(
  configs: readonly string[],
  { policy, format, output, set }: CheckCommandOptions,
  language: Language,
): Promise<number> {
  const rules = policy === undefined ? parsePolicy({}) : readPolicy(policy);
  const findings: LocatedFinding[] = [];
  for (const config of configs) {
    const file = fileOf(config);
    findings.push(...checkConfig(file, await readLocated(file, set), rules));
  }
  writeOutput(formats[format](findings, language), output, 0o644);
  return fails(findings) ? 1 : 0;
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

const formats: Record<
  CheckCommandOptions["format"],
  (findings: readonly LocatedFinding[], language: Language) => string
> = {
  sarif: (findings, language) => json(toSarif(findings, language)),
  json: (findings, language) =>
    json(
      findings.map(({ file, span, field, rule, severity, level, subject, reason }) => ({
        file,
        line: span?.line,
        column: span?.column,
        field: formatField(field),
        rule,
        severity,
        risk: level,
        subject,
        message: reason[language],
      })),
    ),
  text: (findings, language) =>
    findings.length === 0
      ? `${message(language, "check-clean")}\n`
      : findings.map((finding) => line(finding, language)).join(""),
};

/** As compilers tell what they find: the place first, so that editors find it. */
function line(
  { file, span, severity, rule, field, reason }: LocatedFinding,
  language: Language,
): string {
  const place = span === undefined ? file : `${file}:${String(span.line)}:${String(span.column)}`;
  const paint = painter(outputStyle().color);
  const shown = paint(colors[severity], message(language, `severity-${severity}`));
  return `${place}: ${shown}: ${formatField(field)}: ${reason[language]} [${rule}]\n`;
}

const colors = { error: "red", warning: "yellow", note: "cyan" } as const;
