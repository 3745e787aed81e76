import { describe, expect, it } from "vitest";
import type { ContainerInput } from "../../src/index.js";
import { readCaseNamed } from "../golden/cases.js";
import { type Disk, withDisk } from "../host/disk.js";
import { rootfs } from "../host/script.js";
import { testContainer } from "../parity/test-container.js";

/** Transfers 64 times 4 KiB past the page cache and tells whether that took 1.4 seconds and more. */
const transfer = (what: string) => `
  now() { read -r up _ </proc/uptime; echo "\${up%.*}\${up#*.}"; }
  begin=$(now)
  dd ${what} bs=4k count=64 2>/dev/null && [ $(($(now) - begin)) -ge 140 ] && echo slow || echo fast`;

const read = transfer("if=/disk of=/tmp/file iflag=direct");
const write = transfer("if=/tmp/file of=/disk oflag=direct");

/** A container whose root file system has the disk at /disk. */
const withDiskInside = (container: Parameters<typeof testContainer>[0], disk: Disk) =>
  testContainer(container).onHost((host) =>
    host.must("mknod", `${rootfs}/disk`, "b", String(disk.major), String(disk.minor)),
  );

type BlockIO = NonNullable<NonNullable<ContainerInput["resources"]>["blockIO"]>;

describe("a throttle works on a real block device", () => {
  it.each<[keyof BlockIO, number, string]>([
    ["throttleReadBpsDevice", 128 * 1024, "slow\nfast\n"],
    ["throttleWriteBpsDevice", 128 * 1024, "fast\nslow\n"],
    ["throttleReadIOPSDevice", 32, "slow\nfast\n"],
    ["throttleWriteIOPSDevice", 32, "fast\nslow\n"],
  ])("%s", (kind, rate, expected) =>
    withDisk(async (disk) => {
      const blockIO = { [kind]: [{ path: disk.path, rate }] };
      const { kernel } = await withDiskInside({ resources: { blockIO } }, disk)
        .withCommand("sh", "-c", read + write)
        .expectSameOnBothPaths();
      const name = disk.path.slice("/dev/".length);
      expect(kernel.state?.cgroup?.blockIO).toEqual({ [name]: { [kind]: rate } });
      expect(kernel).toMatchObject({ stdout: expected, status: 0 });
    }),
  );
});

describe("the golden case", () => {
  it("is held to its rate, its processes and its CPUs by parameters", () =>
    withDisk(async (disk) => {
      const { kernel } = await withDiskInside(await readCaseNamed("12-io"), disk)
        .withParameters({ DEVICE: disk.path, IO_LIMIT: "128kb", PIDS_LIMIT: "3", CPUS: "0" })
        .withCommand(
          "sh",
          "-c",
          `${read}; grep Cpus_allowed_list /proc/self/status; true | true | true`,
        )
        .expectSameOnBothPaths();
      expect(kernel).toMatchObject({ stdout: "slow\nCpus_allowed_list:\t0\n", status: 2 });
      expect(kernel.stderr).toMatch(/fork/);
    }));

  it.each([
    ["/dev/no-such-disk", "device-missing"],
    ["/dev/null", "device-kind"],
    ["/etc/passwd/x", "device-missing"],
  ])("%s is refused with %s before anything is done", async (path, code) => {
    const { kernel } = await testContainer(await readCaseNamed("12-io"))
      .withParameters({ DEVICE: path })
      .neverRunning()
      .withCommand("true")
      .expectSameOnBothPaths();
    expect(kernel).toMatchObject({ status: 125, stdout: "" });
    expect(kernel.stderr).toContain(
      `error[${code}]: resources.blockIO.throttleReadBpsDevice[0] is`,
    );
  });

  it("a partition is refused, for the kernel throttles whole disks", () =>
    withDisk(async ({ path, host }) => {
      await host.must("addpart", path, "1", "2048", "2048");
      const name = path.slice("/dev/".length);
      const numbers = await host.must("cat", `/sys/block/${name}/${name}p1/dev`);
      const { kernel } = await testContainer(await readCaseNamed("12-io"))
        .withParameters({ DEVICE: "/tmp/partition" })
        .onHost((other) => other.must("mknod", "/tmp/partition", "b", ...numbers.trim().split(":")))
        .neverRunning()
        .withCommand("true")
        .expectSameOnBothPaths();
      expect(kernel.stderr).toContain("error[device-partition]");
    }));
});

it("a device may be named by its numbers, and then has to be there, too", async () => {
  const container = (minor: number) =>
    testContainer({
      resources: { blockIO: { throttleReadIOPSDevice: [{ major: 7, minor, rate: 100 }] } },
    });
  await withDisk(async ({ path, minor }) => {
    const { kernel } = await container(minor).expectSameOnBothPaths();
    const name = path.slice("/dev/".length);
    expect(kernel.state?.cgroup?.blockIO).toEqual({ [name]: { throttleReadIOPSDevice: 100 } });
  });
  const { kernel } = await container(1_048_575).neverRunning().expectSameOnBothPaths();
  expect(kernel.stderr).toContain("error[device-missing]");
});
