import { expect, it } from "vitest";
import { readCaseNamed } from "../golden/cases.js";
import { addOutsideWorld } from "../host/outside-world.js";
import { testContainer } from "../parity/test-container.js";

it("is process 1 and sees no process of the host, but the host's name and interfaces", async () => {
  const { kernel } = await testContainer(await readCaseNamed("01-chroot"))
    .onHost(addOutsideWorld)
    .withCommand("sh", "-c", "echo $$ /proc/[0-9]*; hostname; ip -o link | grep -c uplink")
    .expectSameOnBothPaths();
  expect(kernel).toMatchObject({ status: 0, stdout: "1 /proc/1\nsimulated-host\n1\n" });
});
