import { Argument, type Command } from "commander";
import type { SchemaName } from "../actions/schema.js";
import type { CommandContext } from "../command-context.js";

export function addSchemaCommand(program: Command, { say }: CommandContext): void {
  program
    .command("schema")
    .description(say("schema"))
    .addArgument(
      new Argument("[of]", say("schema-of"))
        .choices(["config", "manifest", "policy"])
        .default("config"),
    )
    .action(async (name: SchemaName) => {
      const { schemaCommand } = await import("../actions/schema.js");
      await schemaCommand(name);
    });
}
