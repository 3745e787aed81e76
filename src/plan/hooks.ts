import { text } from "../model/param.js";
import type { HostHookName } from "../model/spec/hooks.js";
import type { Spec } from "../model/spec/parse.js";
import { directoryOf } from "./container-directory.js";
import { containerHook } from "../steps/container-hook.js";
import { hook, type HookFields } from "../steps/hook.js";
import { startHook } from "../steps/start-hook.js";
import { hookRecord, recordName } from "../steps/hook-record.js";
import type { Phase, Step } from "../steps/step.js";

/** When the hooks of a list run, and what becomes of the start when one fails. */
const moments: Readonly<
  Record<HostHookName, { readonly phase: Phase } & Pick<HookFields, "status" | "fatal">>
> = {
  createRuntime: { phase: "container", status: "creating", fatal: true },
  poststart: { phase: "running", status: "running", fatal: false },
  poststop: { phase: "stopped", status: "stopped", fatal: false },
};

/** The hooks of one list: steps of the host. */
export function hookSteps({ hooks }: Spec, name: HostHookName): Step[] {
  const { phase, ...moment } = moments[name];
  const id = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return (hooks?.[name] ?? []).map((args) => ({
    ...hook(`hooks.${name}`, { hook: name, program: args[0], args, ...moment }, id),
    phase,
  }));
}

/** What is noted of the hooks that run when the container is gone. */
export function hookRecordSteps(spec: Spec): Step[] {
  const hooks = spec.hooks?.poststop ?? [];
  const file = text`${directoryOf(spec)}/${recordName}`;
  return hooks.length === 0 ? [] : [hookRecord("hooks.poststop", { file, hooks })];
}

/** Those that run in the container's namespaces: steps of the container. */
export const createContainerSteps = ({ hooks }: Spec): Step[] =>
  (hooks?.createContainer ?? []).map((args) =>
    containerHook("hooks.createContainer", { program: args[0], args }, "create_container"),
  );

/** Those that run inside, like the command: steps of the container. */
export const startContainerSteps = ({ hooks, process: { env, cwd, user } }: Spec): Step[] =>
  (hooks?.startContainer ?? []).map((args) =>
    startHook(
      "hooks.startContainer",
      { program: args[0], args, env, cwd, user, ...announcement({ hooks }) },
      "start_container",
    ),
  );

/** Hooks are run when the command has been started. */
export const announcement = ({ hooks }: Pick<Spec, "hooks">): { announced?: true } =>
  (hooks?.poststart ?? []).length > 0 ? { announced: true } : {};
