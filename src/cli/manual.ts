import type { Command } from "commander";
import { version } from "../model/version.js";

/** The man page cooper(1), in the man macros; see man(7). It has no date: the same source gives the same bytes. */
export function manual(program: Command): string {
  const commands = below(program);
  return [
    `.TH COOPER 1 "" "cooper ${version}" "User Commands"`,
    ".SH NAME",
    `cooper \\- ${escaped(program.description().replace(/\.$/, ""))}`,
    ".SH SYNOPSIS",
    ".B cooper",
    escaped(
      program
        .createHelp()
        .commandUsage(program)
        .replace(/^cooper /, ""),
    ),
    ".SH DESCRIPTION",
    escaped(program.description()),
    ".PP",
    "The commands are:",
    ...commands.flatMap(({ command, name }) => [
      ".TP",
      `.B ${escaped(name)}`,
      escaped(command.description()),
    ]),
    ".SH OPTIONS",
    ...options(program),
    ".SH COMMANDS",
    ...commands.flatMap(section),
    ".SH ENVIRONMENT",
    ".TP",
    ".B LC_ALL, LC_MESSAGES, LANG",
    escaped("The language of messages, where there is no --lang: English, or Chinese."),
    ".TP",
    ".B NO_COLOR",
    escaped("Where it is set, messages have no colours."),
    ".TP",
    ".B FORCE_COLOR",
    escaped("Where it is set, standard output has colours in a pipe or a file, too."),
    ".SH EXIT STATUS",
    escaped(
      "0 when all went well, 1 for a mistake in what was given, 70 for one in cooper itself.",
    ),
    escaped(
      "The run and exec commands exit as the command in the container does: with 128 + n where signal n has ended it, 127 where there is no such command, 126 where it cannot be executed, and 125 where there is no container to run it in.",
    ),
    "",
  ].join("\n");
}

interface Named {
  readonly command: Command;
  /** With the commands it stands below. */
  readonly name: string;
}

/** All visible commands that do something, in the order of help. */
const below = (parent: Command, before = ""): Named[] =>
  visible(parent).flatMap((command) => {
    const name = `${before}${command.name()}`;
    const inner = below(command, `${name} `);
    return inner.length === 0 ? [{ command, name }] : inner;
  });

const visible = (parent: Command): Command[] =>
  parent
    .createHelp()
    .visibleCommands(parent)
    .filter((each) => parent.commands.includes(each));

const section = ({ command, name }: Named): string[] => [
  `.SS ${quoted(`cooper ${name}`)}`,
  escaped(command.createHelp().commandUsage(command)),
  ".PP",
  escaped(command.description()),
  ...command.registeredArguments.flatMap((argument) => [
    ".TP",
    `.I ${quoted(argument.name())}`,
    escaped(command.createHelp().argumentDescription(argument)),
  ]),
  ...options(command),
];

function options(command: Command): string[] {
  const help = command.createHelp();
  return help
    .visibleOptions(command)
    .flatMap((option) => [
      ".TP",
      `.B ${quoted(help.optionTerm(option))}`,
      escaped(help.optionDescription(option)),
    ]);
}

/** Text as roff prints it: a hyphen is a minus that can be copied, and no line is a request. */
const escaped = (text: string) =>
  text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("…", "...")
    .replace(/^[.']/gm, "\\&$&");

/** One argument of a request. */
const quoted = (text: string) => `"${escaped(text).replaceAll('"', '""')}"`;
