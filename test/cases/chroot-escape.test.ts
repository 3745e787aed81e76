/** What pivot_root does that chroot does not: the same program gets out of one root and not out of the other. */
import { execFileSync } from "node:child_process";
import { copyFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, expect, it } from "vitest";
import { readCaseNamed } from "../golden/cases.js";
import { repository } from "../host/repository.js";
import { rootfs } from "../host/script.js";
import { testContainer } from "../parity/test-container.js";
import { scratchDirectory } from "../support/scratch.js";

let program = "";
beforeAll(() => {
  program = path.join(scratchDirectory(), "chroot-escape");
  const source = path.join(repository, "test/cases/chroot-escape.c");
  execFileSync("gcc", ["-static", "-Wall", "-Werror", "-o", program, source]);
});

async function escape(name: string) {
  const container = testContainer(await readCaseNamed(name))
    .onHost(async (host) => {
      await host.writeFile("/tmp/of-the-host", "the host's\n");
      await copyFile(program, host.path(`${rootfs}/bin/chroot-escape`));
    })
    .withCommand("chroot-escape", "/tmp/of-the-host");
  const { kernel } = await container.expectSameOnBothPaths();
  return { status: kernel.status, stdout: kernel.stdout };
}

it("gets out of a chroot, to the host's files", async () => {
  expect(await escape("01-chroot")).toEqual({ status: 0, stdout: "the host's\n" });
});

it("does not get out after pivot_root: the host's files are not there any more", async () => {
  expect(await escape("02-isolated")).toEqual({ status: 1, stdout: "" });
});
