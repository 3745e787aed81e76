export { defineContainer, defineStack } from "./model/define.js";
export {
  CooperError,
  describe,
  type Problem,
  type ProblemCode,
  type Span,
} from "./model/errors.js";
export { type Language, languages } from "./model/language.js";
export { add, divide, multiply, param, subtract, text } from "./model/param.js";
export { type ContainerInput, parseContainer, type Spec } from "./model/spec/parse.js";
export { parseStack, type Stack, type StackInput } from "./model/spec/stack.js";
export { compile, type CompileOptions } from "./bash/compile.js";
export { compileStack } from "./bash/compile-stack.js";
export { type Plan, plan } from "./plan/plan.js";
export { RunningContainer } from "./executor/container.js";
export { run, type RunOptions } from "./executor/run.js";
export type { Warning } from "./executor/log.js";
export { RunningStack, runStack, type StackRunOptions } from "./executor/run-stack.js";
export { clean, type CleanedThing, type CleanOptions } from "./executor/clean.js";
export { ContainerError } from "./executor/container-error.js";
export { ContainerHandle, findContainer } from "./executor/container-handle.js";
export { examineContainer, examineHost } from "./executor/doctor/doctor.js";
export type { Finding as DoctorFinding } from "./executor/doctor/finding.js";
export { ContainerProcess } from "./executor/container-process.js";
export type { ExecOptions } from "./executor/exec.js";
export { type ContainerSummary, listContainers } from "./executor/list.js";
export type { ContainerStats, StatsOptions } from "./executor/stats.js";
export type { Stdio } from "./executor/streams.js";
export type { ObservedState } from "./executor/observe/state.js";
export type { ExitStatus } from "./kernel/launch/launched-process.js";
export { LeftBehindError } from "./executor/left-behind-error.js";
export { StepError } from "./executor/step-error.js";
export { check } from "./audit/check.js";
export { type Manifest, manifest } from "./audit/manifest.js";
export { type Finding, type PolicyInput } from "./audit/policy.js";
export { readScript, type ScriptSource } from "./audit/script-source.js";
export { verify, type Verdict } from "./audit/verify.js";
