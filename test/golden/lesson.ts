/** What a lesson shows, observed in a simulated host. */
import { compile, type Spec } from "../../src/index.js";
import type { Lesson, Observation, Observations } from "../../src/teach/lessons/lesson.js";
import { runScript, scriptFile } from "../host/script.js";
import { withSimulatedHost } from "../host/simulated-host.js";
import { makeCaseRootfs, prepareCase } from "./prepare.js";

/** Runs both experiments of a lesson, each in a host of its own. */
export async function observeLesson(lesson: Lesson, spec: Spec): Promise<Observations> {
  const { experiment, without } = lesson;
  return {
    experiment: await observe(lesson.name, spec, compile(spec), experiment.command),
    without: await observe(
      lesson.name,
      spec,
      compile(spec, { without: [without.step] }),
      without.command,
    ),
  };
}

function observe(
  name: string,
  spec: Spec,
  script: string,
  command: readonly string[],
): Promise<Observation> {
  return withSimulatedHost(async (host) => {
    await host.writeFile(scriptFile, script, 0o755);
    await makeCaseRootfs(host, spec);
    await prepareCase(host, name);
    const { exitCode, stdout, stderr } = await runScript(host, command);
    if (exitCode === undefined) throw new Error("the script itself was ended by a signal");
    return { status: exitCode, stdout, stderr: stderr.replaceAll("script.sh:", `${name}.sh:`) };
  });
}

export const formatObservations = (observations: Observations): string =>
  `${JSON.stringify(observations, null, 2)}\n`;
