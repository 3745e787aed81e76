/** Carries a plan out by system calls, in a process of its own: `node kernel-path.mjs SPEC OPTIONS`. */
import { readFileSync } from "node:fs";
import { run } from "../../src/executor/run.js";
import { say } from "../../src/executor/messages/index.js";
import { StepError } from "../../src/executor/step-error.js";
import { CooperError, describe } from "../../src/model/errors.js";
import type { Language } from "../../src/model/language.js";
import { parseContainer } from "../../src/model/spec/parse.js";

export interface KernelPathOptions {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly command?: readonly [string, ...string[]] | undefined;
  readonly language: Language;
}

const [specFile = "", options = "{}"] = process.argv.slice(2);
const { language, parameters, ...others } = JSON.parse(options) as KernelPathOptions;
try {
  const spec = parseContainer(JSON.parse(readFileSync(specFile, "utf8")) as never);
  const warning = say(language, "warning");
  const box = await run(spec, {
    ...{ ...others, ...(parameters === undefined ? {} : { params: parameters }), language },
    onWarning: ({ step, code, message }) => {
      console.error(`script.sh: ${warning}[${code}] (${step}): ${message}`);
    },
  });
  const status = await box.wait();
  process.exitCode = "code" in status ? status.code : 128 + status.signal;
} catch (error) {
  if (error instanceof StepError) {
    // As a script says it, which has no step yet while it only looks.
    const step = error.step === "preflight" ? "" : ` (${error.step})`;
    console.error(`script.sh: error[${error.code}]${step}: ${error.explain(language)}`);
    for (const each of error.leftBehind) console.error(`left behind: ${each.message}`);
    process.exitCode = error.exitCode;
  } else if (error instanceof CooperError) {
    for (const problem of error.problems)
      console.error(`script.sh: error[${problem.code}]: ${describe(problem, language)}`);
    process.exitCode = 125;
  } else throw error;
}
