import { spawnSync } from "node:child_process";
import { quote } from "../../bash/quote.js";
import { requireRoot } from "../../executor/container-error.js";
import { examineContainer, examineHost } from "../../executor/doctor/doctor.js";
import type { Finding, FindingStatus } from "../../executor/doctor/finding.js";
import { describeFinding } from "../../executor/doctor/messages/index.js";
import { type Language, languages } from "../../model/language.js";
import { painter } from "../../teach/terminal.js";
import { CommandError } from "../command-error.js";
import { message } from "../messages/index.js";
import { outputStyle } from "../output-style.js";
import { print } from "../print.js";

export interface DoctorCommandOptions {
  readonly json?: true;
  readonly fix?: true;
  readonly yes?: true;
}

type Command = NonNullable<Finding["fix"]>;

/** `cooper doctor`: what keeps containers from working; the exit status is 1 when there is a problem. */
export async function doctorCommand(
  name: string | undefined,
  { json, fix, yes }: DoctorCommandOptions,
  language: Language,
): Promise<number> {
  if (yes && !fix) throw new CommandError("doctor-yes-alone");
  const findings = await examine(name);
  if (json) print(`${JSON.stringify(findings.map(toJson), null, 2)}\n`);
  else if (!fix) print(findings.map((each) => line(each, language)).join(""));
  if (!fix) return status(findings);
  for (const command of commands(findings)) {
    print(`${shown(command)}\n`);
    if (yes) apply(command);
  }
  return yes ? status(await examine(name)) : status(findings);
}

async function examine(name: string | undefined): Promise<Finding[]> {
  if (name === undefined) return examineHost();
  requireRoot();
  return examineContainer(name);
}

const status = (findings: readonly Finding[]) =>
  findings.some((finding) => finding.status === "problem") ? 1 : 0;

/** Each command once, in the order in which they are found. */
function commands(findings: readonly Finding[]): Command[] {
  const all = findings.map(({ fix }) => fix).filter((fix) => fix !== undefined);
  return [...new Map(all.map((command) => [JSON.stringify(command), command])).values()];
}

/** @throws CommandError `doctor-failed` */
function apply(command: Command): void {
  const [file, ...args] = command;
  // Itself, wherever it is installed.
  const [program, ...before] =
    file === "cooper" ? [process.execPath, process.argv[1] ?? file] : [file];
  const { status, error } = spawnSync(program, [...before, ...args], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status !== 0)
    throw new CommandError("doctor-failed", {
      command: shown(command),
      reason: error?.message ?? String(status),
    });
}

/** A command as one types it into a shell. */
const shown = (command: readonly string[]) => command.map(quote).join(" ");

const signs: Record<FindingStatus, string> = { ok: "✓", warning: "!", problem: "✗" };
const colors = { ok: "green", warning: "yellow", problem: "red" } as const;

function line(finding: Finding, language: Language): string {
  const paint = painter(outputStyle().color);
  const found = `${paint(colors[finding.status], signs[finding.status])} ${describeFinding(finding, language)}\n`;
  if (finding.fix === undefined) return found;
  return `${found}    ${message(language, "doctor-mend", { command: shown(finding.fix) })}\n`;
}

const toJson = (finding: Finding) => ({
  ...finding,
  text: Object.fromEntries(languages.map((each) => [each, describeFinding(finding, each)])),
});
