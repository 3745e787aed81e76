import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { readCaseNamed } from "../golden/cases.js";
import { repository } from "../host/repository.js";
import { testContainer } from "../parity/test-container.js";
import { buildCli } from "../support/cli.js";

const directory = path.join(repository, "golden/07-advanced");

it("is the same container as the flags in its comment give", async () => {
  const comment = readFileSync(path.join(directory, "container.ts"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("//"))
    .map((line) => line.slice(2).trim())
    .join(" ");
  const flags = /cooper run (--.*)$/.exec(comment)?.[1]?.split(" ") ?? [];
  expect(flags).toContain("--cpus");
  const cli = await buildCli();
  const { stdout } = cli.run(["compile", ...flags]);
  // The plan follows from the spec, which is part of the script.
  expect(stdout).toBe(readFileSync(path.join(directory, "script.sh"), "utf8"));
});

it("says its name and its limits before the command starts", async () => {
  const { kernel } = await testContainer(await readCaseNamed("07-advanced"))
    .withCommand("hostname")
    .expectSameOnBothPaths();
  expect(kernel.stdout).toMatch(/my-app\n$/);
  for (const line of ["Welcome to container my-app", "CPU limit:    0.50 CPUs", "256 MB"])
    expect(kernel.stderr).toContain(line);
});
