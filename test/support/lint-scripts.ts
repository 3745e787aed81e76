import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { scratchDirectory } from "./scratch.js";
import { systemPath } from "./tools.js";

const checkers = {
  bash: ["-c", 'status=0; for f; do bash -n -- "$f" || status=1; done; exit $status', "bash"],
  shellcheck: ["--norc", "--enable=all", "--shell=bash", "--format=gcc", "--"],
  shfmt: ["-d", "-i", "2", "-ci", "--"],
};

/**
 * Checks many scripts with one process per checker, as `cooper lint` checks one: bash -n, shellcheck -o all
 * and shfmt -d -i 2 -ci.
 *
 * @returns what the checkers printed; empty when all scripts are clean
 */
export function lintScripts(
  scripts: Readonly<Record<string, string>>,
  only = Object.keys(checkers) as (keyof typeof checkers)[],
): string {
  const directory = scratchDirectory();
  const files = Object.entries(scripts).map(([name, text]) => {
    const file = `${name.replace(/[^A-Za-z0-9_-]+/g, "-")}.sh`;
    writeFileSync(path.join(directory, file), text);
    return file;
  });
  if (new Set(files).size !== files.length) throw new Error("two scripts have one name");
  return only
    .map((checker) => {
      const { status, stdout, stderr, error } = spawnSync(
        checker,
        [...checkers[checker], ...files],
        {
          cwd: directory,
          encoding: "utf8",
          env: { PATH: systemPath, LC_ALL: "C.UTF-8" },
          maxBuffer: 2 ** 28,
        },
      );
      if (error !== undefined) throw error;
      return status === 0 ? "" : `${checker}: ${stdout}${stderr}`;
    })
    .join("");
}
