import { Help, type HelpConfiguration } from "commander";
import { textWidth } from "../model/text-width.js";
import { wrap } from "../model/wrap.js";
import type { CommandContext } from "./command-context.js";
import type { MessageKey } from "./messages/index.js";

/** What commander writes in English by itself. */
const words: Readonly<Record<string, MessageKey>> = {
  "Usage:": "help-usage",
  "Arguments:": "help-arguments",
  "Options:": "help-options",
  "Commands:": "help-commands",
  "[options]": "help-some-options",
  "[command]": "help-some-command",
};

interface Described {
  readonly description: string;
}

/** Help in the language of the command line, laid out for wide characters. */
export function helpConfiguration({ say }: Pick<CommandContext, "say">): HelpConfiguration {
  const english = new Help();
  const translated = (text: string) => {
    const key = words[text];
    return key === undefined ? text : say(key);
  };
  // Commander adds the choices and the default value to a description.
  const described = (item: Described, whole: string) =>
    item.description +
    whole
      .slice(item.description.length)
      .replace("choices: ", say("help-choices"))
      .replace("default: ", say("help-default"));
  return {
    styleTitle: translated,
    styleOptionText: translated,
    styleArgumentText: translated,
    styleSubcommandText: translated,
    optionDescription: (option) => described(option, english.optionDescription(option)),
    argumentDescription: (argument) => described(argument, english.argumentDescription(argument)),
    displayWidth: textWidth,
    boxWrap: (text, columns) => wrap(text, columns).join("\n"),
  };
}
