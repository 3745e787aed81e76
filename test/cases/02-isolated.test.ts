import { expect, it } from "vitest";
import { readCaseNamed } from "../golden/cases.js";
import { testContainer } from "../parity/test-container.js";

const spec = await readCaseNamed("02-isolated");

it("has its own host name, and nothing of the host in its mount table", async () => {
  const { kernel } = await testContainer(spec)
    .withParameters({ CONTAINER_NAME: "my-app" })
    .withCommand("sh", "-c", "hostname; sed -E 's/^[^ ]+ [^ ]+ [^ ]+ //' /proc/self/mountinfo")
    .expectSameOnBothPaths();
  const [hostname, ...mounts] = kernel.stdout.trimEnd().split("\n");
  expect(hostname).toBe("my-app");
  const seen = mounts.map((line) => line.split(" ").slice(0, 2).join(" at "));
  expect(seen).toEqual(["/alpine-rootfs at /", "/ at /proc", "/ at /sys", "/ at /tmp"]);
});

it("keeps its mounts to itself on a host whose mounts are shared", async () => {
  const { kernel } = await testContainer(spec)
    .onHost((host) => host.must("mount", "--make-rshared", "/"))
    .observedWith("cat")
    .expectSameOnBothPaths();
  expect(kernel.state?.mounts.map(({ propagation }) => propagation)).toEqual(
    Array.from({ length: 4 }, () => "private"),
  );
  expect(kernel.left.mounts.filter((mount) => mount.includes("alpine-rootfs"))).toEqual([]);
});

it("needs nothing in the root file system but the command", async () => {
  const root = "/tmp/one-file";
  const { kernel } = await testContainer(spec)
    .withParameters({ ROOTFS: root })
    .onHost((host) =>
      host.must("sh", "-ec", `cd ${root}; mv bin/busybox .; rm -r bin dev etc proc sys tmp`),
    )
    .observedWith("/busybox", "cat")
    .withCommand("/busybox", "ls", "/")
    .expectSameOnBothPaths();
  expect(kernel).toMatchObject({ status: 0, stdout: "busybox\nproc\nsys\ntmp\n", stderr: "" });
});
