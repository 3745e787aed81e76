export type { Config, FieldPart } from "./config.js";
export { readConfig } from "./read-config.js";
export { readContainer } from "./read-container.js";
