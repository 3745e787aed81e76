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
