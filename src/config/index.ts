export type { Config, FieldPart } from "./config.js";
export { applyFlags, type ContainerFlags, hasFlags } from "./flags.js";
export { readConfig } from "./read-config.js";
export { readDescription } from "./read-description.js";
