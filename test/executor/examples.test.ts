import { describe, expect, test } from "vitest";
import { expectNothingLeft } from "../host/left-behind.js";
import { rootfs } from "../host/script.js";
import { withSimulatedHost } from "../host/simulated-host.js";
import { promisedOutput, readExports } from "./examples.js";
import { runProgram } from "./library.js";

const exported = readExports();
const values = exported.filter(({ isValue }) => isValue);

describe("every export of the library", () => {
  test.each(exported)("$name is documented", ({ documentation }) => {
    expect(documentation.length).toBeGreaterThan(20);
  });

  test.each(values)("$name has an example", ({ examples }) => {
    expect(examples.length).toBeGreaterThan(0);
  });
});

describe("the example of", () => {
  const all = values.flatMap(({ name, examples }) =>
    examples.map((example, index) => ({ name: `${name} ${index + 1}`, example })),
  );
  test.each(all)("$name does what it says", ({ example }) =>
    withSimulatedHost(async (host) => {
      await host.makeRootfs(rootfs);
      const before = await host.observeHost();
      const { stdout, stderr, exitCode } = await runProgram(host, example);
      expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
      expect(stdout.split("\n").filter(Boolean)).toEqual(promisedOutput(example));
      await expectNothingLeft(host, before);
    }),
  );
});
