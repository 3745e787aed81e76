import * as z from "zod/mini";
import { documented, issue, later, refined, value } from "./field.js";

/** What the kernel's numbers of devices have room for: 12 and 20 bits. Source: makedev(3), include/linux/kdev_t.h. */
const majorNumber = () => z.int().check(z.minimum(0), z.maximum(4_095));
const minorNumber = () => z.int().check(z.minimum(0), z.maximum(1_048_575));

const bytesPerSecond = () =>
  value("bytes", {
    range: { minimum: 1, maximum: Number.MAX_SAFE_INTEGER, unit: "bytes/s" },
  });

const operationsPerSecond = () =>
  value("integer", {
    range: { minimum: 1, maximum: 4_294_967_295, unit: "IOPS" },
  });

const throttle = <Rate extends z.ZodMiniType>(rate: Rate) =>
  refined(
    z.strictObject({
      path: documented(z.optional(value("path", { form: "absolute" })), {
        en: "The device by its path, such as /dev/sda; a whole disk, no partition.",
        zh: "设备路径，例如 /dev/sda；必须是整个磁盘，不能是分区。",
      }),
      major: documented(z.optional(majorNumber()), {
        en: "The device by its major and minor numbers, instead of `path`.",
        zh: "设备的主设备号；与 `minor` 一起代替 `path`。",
      }),
      minor: documented(z.optional(minorNumber()), {
        en: "The minor number.",
        zh: "次设备号。",
      }),
      rate,
    }),
    ({ path, major, minor }, context) => {
      const numbers = [major, minor].filter((each) => each !== undefined).length;
      if (numbers !== (path === undefined ? 2 : 0)) context.addIssue(issue("device-both"));
    },
  );

const devices = <Rate extends z.ZodMiniType>(rate: Rate) => z._default(z.array(throttle(rate)), []);

const byBytes = () =>
  devices(
    documented(bytesPerSecond(), {
      en: 'Bytes per second, or a text such as "100MB"; units are powers of 1024, as Docker has them.',
      zh: '每秒字节数，或 "100MB" 这样的文本；单位按 1024 的幂计算，与 Docker 相同。',
    }),
  );

const byOperations = () =>
  devices(
    documented(operationsPerSecond(), {
      en: "Input or output operations per second.",
      zh: "每秒的 I/O 操作次数。",
    }),
  );

/**
 * `linux.resources.blockIO` of the OCI runtime specification, without its weights: they mean something only to
 * some of the kernel's I/O schedulers, and the others ignore them without a word.
 */
export const blockIOSchema = later(() =>
  z.strictObject({
    throttleReadBpsDevice: documented(byBytes(), {
      en: "How fast the container may read from devices, as `docker run --device-read-bps`.",
      zh: "从设备读取的速率上限，同 `docker run --device-read-bps`。",
    }),
    throttleWriteBpsDevice: documented(byBytes(), {
      en: "How fast the container may write to devices, as `docker run --device-write-bps`.",
      zh: "向设备写入的速率上限，同 `docker run --device-write-bps`。",
    }),
    throttleReadIOPSDevice: documented(byOperations(), {
      en: "How often the container may read from devices, as `docker run --device-read-iops`.",
      zh: "从设备读取的次数上限，同 `docker run --device-read-iops`。",
    }),
    throttleWriteIOPSDevice: documented(byOperations(), {
      en: "How often the container may write to devices, as `docker run --device-write-iops`.",
      zh: "向设备写入的次数上限，同 `docker run --device-write-iops`。",
    }),
  }),
);
