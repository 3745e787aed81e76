import type { Command } from "commander";
import { print } from "../print.js";
import type { CommandContext } from "../command-context.js";

export function addSchemaCommand(program: Command, { say }: CommandContext): void {
  program
    .command("schema")
    .description(say("schema"))
    .action(async () => {
      const { containerJsonSchema } = await import("../../model/spec/json-schema.js");
      print(`${JSON.stringify(containerJsonSchema(), null, 2)}\n`);
    });
}
