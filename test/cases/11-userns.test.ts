import { expect, it } from "vitest";
import { readCaseNamed } from "../golden/cases.js";
import { rootfs } from "../host/script.js";
import { testContainer } from "../parity/test-container.js";

const spec = await readCaseNamed("11-userns");

it("is root inside, and outside a user without rights", async () => {
  const { kernel } = await testContainer(spec)
    .onHost((host) => host.writeFile(`${rootfs}/etc/secret`, "of the host's root", 0o600))
    .withCommand("sh", "-c", "id -u; cat /etc/secret 2>/dev/null || echo denied; hostname")
    .expectSameOnBothPaths();
  expect(kernel.stdout).toBe("0\ndenied\nmy-container\n");
  expect(kernel.state?.process.user).toEqual({ uid: 100_000, gid: 100_000, groups: [] });
});
