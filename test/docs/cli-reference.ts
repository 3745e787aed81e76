import type { Command } from "commander";
import { message } from "../../src/cli/messages/index.js";
import { createProgram } from "../../src/cli/program.js";
import type { Language } from "../../src/model/language.js";

/** The CLI reference: the help of every command, as it is printed. */
export function cliReference(language: Language): string {
  const program = createProgram(language);
  const sections = withCommands(program, "").map(
    ({ command, name }) => `## \`${name}\`\n\n\`\`\`text\n${helpText(command)}\n\`\`\`\n`,
  );
  return `# ${title[language]}\n\n${message(language, "description")}\n\n${sections.join("\n")}`;
}

const title = { en: "CLI reference", zh: "命令行参考" };

/** As it is printed, with what commands add behind it. */
function helpText(command: Command): string {
  let text = "";
  command.configureOutput({ writeOut: (each) => (text += each), getOutHelpWidth: () => 100 });
  command.outputHelp();
  return text.trimEnd();
}

const withCommands = (command: Command, before: string): { command: Command; name: string }[] => {
  const name = `${before}${command.name()}`;
  const visible = command.createHelp().visibleCommands(command);
  const inner = visible.filter((each) => command.commands.includes(each));
  return [{ command, name }, ...inner.flatMap((each) => withCommands(each, `${name} `))];
};
