export { defineContainer } from "./model/define.js";
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
export { compile, type CompileOptions } from "./bash/compile.js";
export { type Plan, plan } from "./plan/plan.js";
export { RunningContainer } from "./executor/container.js";
export { run, type RunOptions } from "./executor/run.js";
export { StepError } from "./executor/step-error.js";
