/** The two ways to run a stack. */
import { compileStack, type Stack } from "../../src/index.js";
import { canonicalStackJson } from "../../src/model/spec/stack.js";
import { cooperCommand } from "../cli-run/cooper.js";
import { rootfs, scriptFile } from "../host/script.js";
import type { SimulatedHost } from "../host/simulated-host.js";

export const stackPaths = ["script", "kernel"] as const;

export type StackPath = (typeof stackPaths)[number];

/** Puts a stack into a host; the command line that runs it. Needs `useCooper`. */
export async function prepareStack(
  host: SimulatedHost,
  way: StackPath,
  stack: Stack,
): Promise<[string, ...string[]]> {
  await host.makeRootfs(rootfs);
  if (way === "script") {
    await host.writeFile(scriptFile, compileStack(stack), 0o755);
    return [scriptFile, "--quiet"];
  }
  await host.writeFile("/tmp/stack.json", canonicalStackJson(stack));
  return cooperCommand("run", "-q", "/tmp/stack.json");
}
