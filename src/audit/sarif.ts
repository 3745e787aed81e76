import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Log, Region, Result } from "sarif";
import type { LocatedFinding } from "./check.js";
import { formatField, type Span } from "../model/errors.js";
import type { Language } from "../model/language.js";
import { version } from "../model/version.js";
import { defaultSeverities } from "./policy.js";
import { ruleNames, rules } from "./rules.js";

/** Findings as SARIF 2.1.0, which code scanning services read. */
export function toSarif(findings: readonly LocatedFinding[], language: Language): Log {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "cooper",
            version,
            rules: ruleNames.map((name) => ({
              id: name,
              shortDescription: { text: rules[name].reason[language].replace("{subject}", "…") },
              defaultConfiguration: { level: defaultSeverities[rules[name].level] },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => toResult(finding, language)),
      },
    ],
  };
}

function toResult(
  { rule, severity, field, reason, file, span }: LocatedFinding,
  language: Language,
): Result {
  return {
    ruleId: rule,
    ruleIndex: ruleNames.indexOf(rule),
    level: severity,
    message: { text: `${formatField(field)}: ${reason[language]}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          ...(span === undefined ? {} : { region: regionOf(span) }),
        },
        logicalLocations: [{ fullyQualifiedName: formatField(field) }],
      },
    ],
  };
}

/** Relative to the current directory, as code scanning wants it, where the file is below that. */
function uriOf(file: string): string {
  const relative = path.relative("", file);
  if (relative.startsWith("..") || path.isAbsolute(relative)) return pathToFileURL(file).href;
  return relative.split(path.sep).map(encodeURIComponent).join("/");
}

const regionOf = ({ line, column, length }: Span): Region => ({
  startLine: line,
  startColumn: column,
  endColumn: column + length,
});
