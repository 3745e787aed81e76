/** The two ways to carry out a plan, as processes of a simulated host. */
import { compile, type Language, type Spec } from "../../src/index.js";
import { canonicalJson } from "../../src/model/spec/canonical.js";
import type { HostProcess } from "../host/host-process.js";
import { scriptFile } from "../host/script.js";
import type { SimulatedHost } from "../host/simulated-host.js";
import { helperProgram } from "../support/helper-program.js";
import type { KernelPathOptions } from "./kernel-path.js";

export type PathName = "script" | "kernel";

export interface StartOptions {
  readonly parameters: Readonly<Record<string, string>>;
  readonly language: Language;
  /** Undefined: the spec's own. */
  readonly command?: readonly [string, ...string[]] | undefined;
  readonly env?: Readonly<Record<string, string>>;
  /** What it reads; undefined leaves standard input open. */
  readonly input?: string;
  /** Commands put before the path's own, such as strace. */
  readonly before?: readonly string[];
}

const specFile = "/tmp/spec.json";

/** Puts what a path needs into the simulated host. */
export async function preparePath(
  host: SimulatedHost,
  name: PathName,
  spec: Spec,
  language: Language,
): Promise<void> {
  if (name === "script") await host.writeFile(scriptFile, compile(spec, { language }), 0o755);
  else {
    await host.writeFile(specFile, canonicalJson(spec));
    await kernelPath();
  }
}

/** Starts a prepared path. */
export async function startPath(
  host: SimulatedHost,
  name: PathName,
  options: StartOptions,
): Promise<HostProcess> {
  const { before = [], command, input, parameters, env } = options;
  const words =
    name === "script"
      ? [scriptFile, "--quiet", ...(command === undefined ? [] : ["--", ...command])]
      : [process.execPath, await kernelPath(), specFile, kernelOptions(options)];
  const [first = "", ...others] = [...before, ...words];
  return host.spawn([first, ...others], {
    env: { ...env, ...(name === "script" ? parameters : {}) },
    ...(input === undefined ? {} : { input }),
  });
}

const kernelOptions = ({ parameters, command, language }: StartOptions) =>
  JSON.stringify({ parameters, command, language } satisfies KernelPathOptions);

const kernelPath = () => helperProgram("parity/kernel-path.ts");
