import { expect, it } from "vitest";
import { readCaseNamed } from "../golden/cases.js";
import { testContainer } from "../parity/test-container.js";

it("runs a command in another root file system, with nothing but loopback around it", async () => {
  const { kernel } = await testContainer(await readCaseNamed("06-simple"))
    .withParameters({ ROOTFS: "/tmp/another rootfs" })
    .withCommand(
      "/bin/sh",
      "-c",
      "echo Hello from container!; hostname; ip -o link | grep -o ' .*: '",
    )
    .expectSameOnBothPaths();
  expect(kernel).toMatchObject({
    status: 0,
    stdout: "Hello from container!\nmy-container\n lo: \n",
    stderr: "",
  });
});
