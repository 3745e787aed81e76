import { execFileSync } from "node:child_process";
import { findTool } from "../../kernel/find-tool.js";
import { minimumVersions, type Tool, toolPackages } from "../../steps/step.js";
import { type Finding, ok, problem, warning } from "./finding.js";
import { isOlder } from "./kernel.js";

/** The oldest bash that runs scripts. */
const neededBash = "4.4";

/** The commands of scripts, and the versions that matter. */
export function examineTools(): Finding[] {
  const tools = Object.keys(toolPackages) as Tool[];
  const missing = tools.filter((tool) => findTool(tool) === undefined);
  const packages = [...new Set(missing.map((tool) => toolPackages[tool]))].sort();
  return [
    missing.length === 0
      ? ok("tools", { count: String(tools.length) })
      : warning("tools-missing", { tools: missing.join(", ") }, [
          "apt-get",
          "install",
          "--yes",
          ...packages,
        ]),
    ...versionOf("bash", neededBash, "bash"),
    // Any command of a package has its version.
    ...Object.entries(minimumVersions).flatMap(([name, needed]) => {
      const [file] = tools
        .filter((each) => toolPackages[each] === name)
        .flatMap((each) => findTool(each) ?? []);
      return file === undefined ? [] : versionOf(file, needed, name);
    }),
  ];
}

function versionOf(command: string, needed: string, shown: string): Finding[] {
  let output: string;
  try {
    output = execFileSync(command, ["--version"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    // Not there: it is among the missing ones.
    return [];
  }
  const version = /\d+\.\d+(\.\d+)*/.exec(output)?.[0] ?? "";
  const values = { tool: shown, version, needed };
  const install = ["apt-get", "install", "--yes", shown] as const;
  return [
    isOlder(version, needed) ? problem("version-old", values, install) : ok("version", values),
  ];
}
