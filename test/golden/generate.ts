/** What belongs into the folder of a golden case, beside its container.ts. */
import { formatState } from "../../src/executor/observe.js";
import { programText } from "../../src/executor/program-text.js";
import { compile, plan, type Spec } from "../../src/index.js";
import { planJson } from "../../src/plan/json.js";
import { scriptFile, startContainer } from "../host/script.js";
import { withSimulatedHost } from "../host/simulated-host.js";
import { defaultName, makeCaseRootfs, prepareCase } from "./prepare.js";

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

/** The state of the container of a case while it runs in a simulated host, started by `script`. */
export async function observedState(name: string, spec: Spec, script: string): Promise<string> {
  return withSimulatedHost(async (host) => {
    await host.writeFile(scriptFile, script, 0o755);
    await makeCaseRootfs(host, spec);
    await prepareCase(host, name);
    const { launcher, pid } = await startContainer(host, { name: defaultName(spec) });
    const state = formatState(await host.observe(pid));
    launcher.endInput();
    const { exitCode, stderr } = await launcher.wait();
    if (exitCode !== 0) throw new Error(`the container ended with ${String(exitCode)}: ${stderr}`);
    return state;
  });
}
