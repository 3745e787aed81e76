/** What belongs into the folder of a golden case, beside its container.ts. */
import { formatState } from "../../src/executor/observe.js";
import { programText } from "../../src/executor/program-text.js";
import { compile, plan, type Spec } from "../../src/index.js";
import { Parameter } from "../../src/model/value.js";
import { planJson } from "../../src/plan/json.js";
import { scriptFile, startContainer } from "../host/script.js";
import { withSimulatedHost } from "../host/simulated-host.js";

/** File names and contents. */
export type GoldenFiles = Readonly<Record<string, string>>;

/** The files that follow from the spec alone. */
export function compiledFiles(spec: Spec): GoldenFiles {
  return {
    "script.sh": compile(spec, { language: "en" }),
    "script.zh.sh": compile(spec, { language: "zh" }),
    "syscalls.txt": programText(plan(spec)),
    "plan.json": `${JSON.stringify(planJson(plan(spec)), null, 2)}\n`,
  };
}

/** The state of the container while it runs in a simulated host, started by `script`. */
export async function observedState(spec: Spec, script: string): Promise<string> {
  return withSimulatedHost(async (host) => {
    await host.writeFile(scriptFile, script, 0o755);
    const root = literal(spec.root.path);
    if (root !== undefined) await host.makeRootfs(root);
    const { launcher, pid } = await startContainer(host, { name: literal(spec.name) ?? "" });
    const state = formatState(await host.observe(pid));
    launcher.endInput();
    const { exitCode, stderr } = await launcher.wait();
    if (exitCode !== 0) throw new Error(`the container ended with ${String(exitCode)}: ${stderr}`);
    return state;
  });
}

/** The value a parameter has when none is given. */
function literal(value: unknown): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  if (value instanceof Parameter) return String(value.default);
  throw new TypeError("a golden case has its name and root file system as text or as a parameter");
}
