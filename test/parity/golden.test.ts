import { beforeAll, describe, expect, it } from "vitest";
import { formatState } from "../../src/executor/observe.js";
import { goldenCases, goldenState, readCase } from "../golden/cases.js";
import { prepareCase } from "../golden/prepare.js";
import { repository } from "../host/repository.js";
import { type BothOutcomes, type TestContainer, testContainer } from "./test-container.js";

describe.each(goldenCases(repository))("golden case $name", (each) => {
  let container: TestContainer;
  let outcomes: BothOutcomes;
  beforeAll(async () => {
    container = testContainer(await readCase(each))
      .onHost((host) => prepareCase(host, each.name))
      .observedWith("cat");
    outcomes = await container.runOnBothPaths();
  });

  it.each(["script", "kernel"] as const)("is the container of state.json by its %s", (path) => {
    const { state, status, stdout } = outcomes[path];
    expect({ status, stdout }).toEqual({ status: 0, stdout: "running\n" });
    expect(state === undefined ? "" : formatState(state)).toBe(goldenState(each));
  });

  it("is the same by both, and leaves the same behind", () => {
    container.expectSame(outcomes);
  });
});
