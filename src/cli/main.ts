import { chooseLanguage } from "./messages/index.js";
import { createProgram } from "./program.js";
import { reportError } from "./report-error.js";

const language = chooseLanguage(process.argv.slice(2), process.env);

// A reader that has seen enough, such as head(1), is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

async function main(): Promise<void> {
  try {
    await createProgram(language).parseAsync();
  } catch (error) {
    process.exitCode = reportError(error, language);
  }
}

void main();
