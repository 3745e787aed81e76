import type { Command } from "commander";
import type { CommandContext } from "../command-context.js";

export function addLessonCommand(
  program: Command,
  { say, languageOption, language }: CommandContext,
): void {
  program
    .command("lesson")
    .description(say("lesson"))
    .argument("[lesson]", say("lesson-number"))
    .addOption(languageOption())
    .action(async (lesson: string | undefined) => {
      const { lessonCommand } = await import("../actions/lesson.js");
      await lessonCommand(lesson, language);
    });
}
