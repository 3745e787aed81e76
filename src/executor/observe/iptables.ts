import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { toolPath } from "../../kernel/find-tool.js";

const run = promisify(execFile);

/**
 * The rules of the host's firewall, chain policies other than ACCEPT and chains of its own among them, as
 * iptables-save(8) writes them, each after the name of its table: `nat -A POSTROUTING …`. Without iptables
 * there are none.
 */
export async function readRules(): Promise<string[]> {
  let output: string;
  try {
    ({ stdout: output } = await run("iptables-save", [], {
      env: { ...process.env, PATH: toolPath(), LC_ALL: "C" },
      maxBuffer: 16 << 20,
    }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  let current = "";
  return output.split("\n").flatMap((line) => {
    if (line.startsWith("*")) current = line.slice(1);
    if (line.startsWith("-")) return [`${current} ${line}`];
    const chain = /^(:\S+ \S+)/.exec(line)?.[1];
    return chain === undefined || chain.endsWith(" ACCEPT") ? [] : [`${current} ${chain}`];
  });
}
