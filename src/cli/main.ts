import "./jitless.js";
import { runsCommand } from "./exit-status.js";
import { chooseLanguage } from "./messages/index.js";
import { isPrinted } from "./print.js";
import { createProgram } from "./program.js";
import { reportError } from "./report-error.js";
import { splitCommand } from "./split-command.js";

const { args, command } = splitCommand(process.argv.slice(2));
const language = chooseLanguage(args, process.env);

async function main(): Promise<void> {
  try {
    await createProgram(language, command, args[0]).parseAsync(args, { from: "user" });
  } catch (error) {
    process.exitCode = reportError(error, language, runsCommand(args[0]));
  }
  // What V8 still does in the background is for nobody any more, and Node would wait for it.
  if (isPrinted()) process.exit();
}

void main();
