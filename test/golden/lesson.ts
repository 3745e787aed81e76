/** What a lesson shows, observed in a simulated host. */
import { compile, compileStack, type Spec, type Stack } from "../../src/index.js";
import { containersOf, isStack } from "../../src/model/spec/stack.js";
import type {
  Experiment,
  Lesson,
  Observation,
  Observations,
} from "../../src/teach/lessons/lesson.js";
import { runProgram } from "../executor/library.js";
import { recordedPid } from "../host/containers.js";
import type { Outcome } from "../host/host-process.js";
import { runScript, scriptCommand, scriptFile } from "../host/script.js";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";
import { defaultName, makeCaseRootfs, prepareCase } from "./prepare.js";

/** Runs both experiments of a lesson, each in a host of its own. */
export async function observeLesson(
  lesson: Lesson,
  described: Spec | Stack,
): Promise<Observations> {
  const { name, experiment, without } = lesson;
  return {
    experiment: await observe(name, described, experiment, []),
    without: await observe(name, described, without, [without.step]),
  };
}

function observe(
  name: string,
  described: Spec | Stack,
  experiment: Experiment,
  without: readonly string[],
): Promise<Observation> {
  return withSimulatedHost(async (host) => {
    const script = isStack(described)
      ? compileStack(described, { without })
      : compile(described, { without });
    await host.writeFile(scriptFile, script, 0o755);
    await makeCaseRootfs(host, described);
    await prepareCase(host, name);
    const { exitCode, stdout, stderr } = await carryOut(host, described, experiment);
    if (exitCode === undefined) throw new Error("the command was ended by a signal");
    return { status: exitCode, stdout, stderr: stderr.replaceAll("script.sh:", `${name}.sh:`) };
  });
}

/** The script with the command, or the command inside of what the script has started. */
async function carryOut(
  host: SimulatedHost,
  described: Spec | Stack,
  { inside, command }: Experiment,
): Promise<Outcome> {
  if (inside === undefined) return runScript(host, command);
  const launcher = host.spawn(scriptCommand([]));
  for (const spec of containersOf(described)) await recordedPid(host, defaultName(spec));
  const outcome = await runProgram(
    host,
    `import { findContainer } from "cooper";
     const command = await findContainer(${JSON.stringify(inside)}).exec(${JSON.stringify(command)});
     process.exitCode = (await command.wait()).code;`,
  );
  await launcher.kill("SIGTERM");
  await launcher.wait();
  return outcome;
}

export const formatObservations = (observations: Observations): string =>
  `${JSON.stringify(observations, null, 2)}\n`;
