import { existsSync } from "node:fs";
import { findCase } from "../teach/cases.js";

/**
 * The config file that a name stands for: itself, or that of one of the cases that come with Cooper, by name or number.
 * A file goes before a case of the same name.
 */
export const fileOf = (name: string): string =>
  existsSync(name) ? name : (findCase(name)?.config ?? name);
