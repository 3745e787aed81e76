import type { Language } from "../../model/language.js";
import { caseNames } from "../../teach/cases.js";
import { bashCompletion } from "../completion/bash.js";
import { fishCompletion } from "../completion/fish.js";
import { shapeOf } from "../completion/shape.js";
import { zshCompletion } from "../completion/zsh.js";
import { print } from "../print.js";
import { createProgram } from "../program.js";

const completions = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

export type Shell = keyof typeof completions;

/** `cooper completion`: the script by which a shell completes the words of Cooper's command line. */
export function completionCommand(shell: Shell, language: Language): void {
  print(completions[shell](shapeOf(createProgram(language)), caseNames()));
}
