import { execFileSync, spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { manual } from "../../src/cli/manual.js";
import { createProgram } from "../../src/cli/program.js";
import { shapeOf, withCommands } from "../../src/cli/completion/shape.js";

const page = manual(createProgram("en"));

describe("cooper(1)", () => {
  test.each([
    ["mandoc", ["-T", "lint", "-W", "warning"]],
    ["groff", ["-man", "-ww", "-z", "-T", "utf8"]],
  ])("%s finds nothing wrong", (command, args) => {
    const { status, stdout, stderr } = spawnSync(command, args, { input: page, encoding: "utf8" });
    const warnings = (stdout + stderr).split("\n").filter((each) => !/^$|missing date/.test(each));
    expect(warnings).toEqual([]);
    expect([0, 2]).toContain(status);
  });

  test("tells of every command and every option", () => {
    const shown = execFileSync("mandoc", ["-T", "ascii"], { input: page, encoding: "utf8" })
      // Bold type is overstruck.
      .replace(/.\u0008/g, "");
    for (const { path, options } of withCommands(shapeOf(createProgram("en")))) {
      if (path.length > 0 && path[0] !== "rootfs")
        expect(shown).toContain(`cooper ${path.join(" ")}`);
      for (const { long } of options) expect(shown).toContain(long);
    }
    expect(shown).toContain("cooper rootfs build [options] <directory>");
  });
});
