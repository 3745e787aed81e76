/** A root file system that a container may not change: the same on both paths. */
import { expect, it } from "vitest";
import type { ContainerInput } from "../../src/index.js";
import { rootfs } from "../host/script.js";
import { testContainer } from "./test-container.js";

const tries = ["echo >/new", "echo >>/etc/passwd", "chmod 777 /bin", "echo >/tmp/new"].map(
  (each) => `(${each}) 2>/tmp/errors && echo yes || echo no`,
);

const given = { path: rootfs };

const mappings = [{ containerID: 0, hostID: 100_000, size: 65_536 }];

it.each<[string, ContainerInput, string]>([
  ["not privileged", {}, "no\nno\nno\nyes\n"],
  ["root of a user namespace", { uidMappings: mappings }, "no\nno\nno\nyes\n"],
  ["built for it", { root: { build: {} } }, "no\nno\nno\nyes\n"],
  ["behind chroot", { root: { ...given, switch: "chroot" } }, "no\nno\nno\nyes\n"],
  ["privileged", { privileged: true }, "no\nno\nno\nyes\n"],
])("cannot be written to: %s", async (_, { root = given, ...input }, expected) => {
  const { kernel } = await testContainer({
    privileged: false,
    ...input,
    root: { ...root, readonly: true },
  })
    .withCommand("sh", "-c", tries.join("; "))
    .expectSameOnBothPaths();
  expect(kernel.stdout).toBe(expected);
});

it("keeps the options that the file system has", async () => {
  const { kernel } = await testContainer({
    root: { ...given, readonly: true },
  }).expectSameOnBothPaths();
  const root = kernel.state?.mounts.find(({ target }) => target === "/");
  expect(root?.options).toContain("ro");
});
