import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { formatState } from "../../src/executor/observe.js";
import { goldenCases, readCase } from "../golden/cases.js";
import { prepareCase } from "../golden/prepare.js";
import { repository } from "../host/repository.js";
import { testContainer } from "./test-container.js";

describe.each(goldenCases(repository))("golden case $name", (each) => {
  it("is the same container by its script and by system calls: that of state.json", async () => {
    const container = testContainer(await readCase(each))
      .onHost((host) => prepareCase(host, each.name))
      .observedWith("cat");
    const { kernel, script } = await container.expectSameOnBothPaths();
    expect(kernel).toMatchObject({ status: 0, stdout: "running\n" });
    const golden = readFileSync(path.join(each.directory, "state.json"), "utf8");
    for (const { state } of [kernel, script])
      expect(state === undefined ? "" : formatState(state)).toBe(golden);
  });
});
