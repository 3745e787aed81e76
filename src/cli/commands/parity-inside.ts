import type { Command } from "commander";

export function addParityInsideCommand(program: Command): void {
  // What `cooper parity` starts in its simulated hosts.
  program.command("parity-inside", { hidden: true }).action(async () => {
    const { parityInsideCommand } = await import("../actions/parity-inside.js");
    await parityInsideCommand();
  });
}
