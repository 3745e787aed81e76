import { expect, it } from "vitest";
import { readCaseNamed } from "../golden/cases.js";
import { rootfs } from "../host/script.js";
import { attack } from "../parity/attack.js";
import { testContainer } from "../parity/test-container.js";

it("nothing that root inside tries against the host succeeds", async () => {
  const { kernel } = await testContainer(await readCaseNamed("14-hardened"))
    .withCommand("sh", "-c", attack)
    .expectSameOnBothPaths();
  expect(kernel).toMatchObject({ stdout: "tried\n", status: 0 });
});

it("no device can be opened but the harmless ones, and no program raises privileges", async () => {
  const { kernel } = await testContainer(await readCaseNamed("14-hardened"))
    .onHost((host) =>
      host.must("sh", "-ec", `mknod ${rootfs}/kmsg c 1 11; chmod u+s ${rootfs}/bin/busybox`),
    )
    .withCommand(
      "sh",
      "-c",
      "cat /kmsg; busybox mknod /dev/kmsg c 1 11; cat /dev/kmsg; busybox grep -E 'NoNewPrivs|CapEff' /proc/self/status; ls /proc/self/fd",
    )
    .expectSameOnBothPaths();
  expect(kernel.stderr).toBe(
    "cat: can't open '/kmsg': Permission denied\ncat: can't open '/dev/kmsg': Permission denied\n",
  );
  // What ls itself has open is the directory.
  expect(kernel.stdout).toMatch(/^CapEff:\t00000000a80425fb\nNoNewPrivs:\t1\n0\n1\n2\n3\n$/);
});
