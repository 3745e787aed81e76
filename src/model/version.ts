import packageJson from "../../package.json" with { type: "json" };

/** The version of this package, as semantic versioning has it. */
export const version: string = packageJson.version;
