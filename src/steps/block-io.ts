import { existsSync, statSync } from "node:fs";
import { cgroupFile, type CgroupPlace } from "./cgroup.js";
import { HostProblem } from "./host.js";
import { writeLine } from "./records.js";
import type { Value } from "../model/value.js";
import { defineStep } from "./step.js";

export interface Throttle {
  /** Where the config names the device. */
  readonly field: string;
  /** Its path, or its numbers as `MAJOR:MINOR`. */
  readonly device: Value<"path">;
  readonly rate: Value<"bytes" | "integer">;
  /** The file of cgroup v1, and the key in io.max of v2. */
  readonly file: string;
  readonly key: string;
}

export interface BlockIOFields extends CgroupPlace {
  readonly throttles: readonly Throttle[];
}

/** What is throttled, by its field of the spec, and how each version of cgroups calls it. */
export const throttleKinds = {
  throttleReadBpsDevice: { file: "blkio.throttle.read_bps_device", key: "rbps" },
  throttleWriteBpsDevice: { file: "blkio.throttle.write_bps_device", key: "wbps" },
  throttleReadIOPSDevice: { file: "blkio.throttle.read_iops_device", key: "riops" },
  throttleWriteIOPSDevice: { file: "blkio.throttle.write_iops_device", key: "wiops" },
} as const;

/** The numbers of a device, of a whole `st_rdev`: Linux spreads both over it. Source: makedev(3). */
function deviceNumbers(device: bigint): string {
  const major = ((device >> 32n) & 0xfff_ff000n) | ((device >> 8n) & 0xfffn);
  const minor = ((device >> 12n) & 0xfff_fff00n) | (device & 0xffn);
  return `${String(major)}:${String(minor)}`;
}

/**
 * The numbers of a block device as `MAJOR:MINOR`.
 *
 * @throws HostProblem when there is no such device, or it is none that can be throttled
 */
function blockDevice({ field, device }: { readonly field: string; readonly device: string }) {
  let numbers = device;
  if (device.startsWith("/")) {
    if (!existsSync(device)) throw new HostProblem("device-missing", { field, device });
    const status = statSync(device, { bigint: true });
    if (!status.isBlockDevice()) throw new HostProblem("device-kind", { field, device });
    numbers = deviceNumbers(status.rdev);
  }
  const known = `/sys/dev/block/${numbers}`;
  if (!existsSync(known)) throw new HostProblem("device-missing", { field, device });
  if (existsSync(`${known}/partition`))
    throw new HostProblem("device-partition", { field, device });
  return numbers;
}

/** Throttles what the container reads from disks and writes to them. */
export const blockIO = defineStep<BlockIOFields>({
  kind: "block-io",
  where: "host",
  phase: "cgroup",
  title: () => ({ en: "throttle the disk I/O", zh: "限制磁盘 I/O 速率" }),
  explanation: {
    en: {
      what: "The group may read and write so much per second of each device, which the kernel knows by its numbers (blkio.throttle.* in v1, io.max in v2). Whoever wants more waits. In v1 this holds for reads and for writes that bypass the page cache, in v2 also for what the kernel writes back later, where the file system tells whose it is.",
      without: "One container that copies a large file makes every other wait for the disk.",
    },
    zh: {
      what: "整个组对每个设备每秒最多读写这么多；内核用设备号标识设备（v1 的 blkio.throttle.*，v2 的 io.max）。超出的请求要等待。v1 只限制读取和绕过页缓存的直接写入；v2 也限制稍后的回写，前提是文件系统能说明数据属于谁。",
      without: "一个容器复制大文件，其他容器就都要等磁盘。",
    },
  },
  manual: ["cgroups(7)", "makedev(3)"],
  tools: () => ["stat"],
  effects: () => [],
  preflight: ({ throttles }) => {
    throttles.forEach(blockDevice);
  },
  perform: ({ group, throttles }, { cgroupVersion }) => {
    for (const { file, key, rate, ...device } of throttles) {
      const [name, setting] =
        cgroupVersion === 2 ? ["io.max", `${key}=${rate}`] : [file, String(rate)];
      const place = cgroupFile(cgroupVersion, { group, controller: "blkio", file: name });
      writeLine(place, `${blockDevice(device)} ${setting}`);
    }
  },
  // They go with the group.
  undo: undefined,
});

interface Device {
  readonly path?: Value<"path"> | undefined;
  readonly major?: number | undefined;
  readonly minor?: number | undefined;
  readonly rate: Value<"bytes" | "integer">;
}

/** All throttles of a spec, in the order of its fields. */
export function throttlesOf(
  limits: Readonly<Record<keyof typeof throttleKinds, readonly Device[]>>,
): Throttle[] {
  const names = Object.keys(throttleKinds) as (keyof typeof throttleKinds)[];
  return names.flatMap((name) =>
    limits[name].map(({ path, major = 0, minor = 0, rate }, index) => ({
      field: `resources.blockIO.${name}[${index}]`,
      device: path ?? `${major}:${minor}`,
      rate,
      ...throttleKinds[name],
    })),
  );
}
