import path from "node:path";
import { repository } from "../host/repository.js";

/**
 * Builds the command line as scripts/build.js does.
 *
 * @returns the file that Node runs
 */
export async function bundleCli(directory: string): Promise<string> {
  const script = path.join(repository, "scripts/bundle-command-line.js");
  const { bundleCommandLine } = (await import(script)) as {
    bundleCommandLine: (directory: string) => Promise<string>;
  };
  return bundleCommandLine(directory);
}
