import { readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import { throttleKinds } from "../../steps/block-io.js";

type Throttles = Partial<Record<keyof typeof throttleKinds, number>>;

/** By the kernel's name of the device, such as `sda`. */
export type ObservedBlockIO = Readonly<Record<string, Readonly<Throttles>>>;

const kinds = Object.keys(throttleKinds) as (keyof typeof throttleKinds)[];

/**
 * The throttled devices of a group; undefined when there are none. v1 has a file for each kind of limit with
 * lines such as `8:0 1048576`, v2 one for all: `8:0 rbps=1048576 wbps=max riops=max wiops=max`.
 */
export function observeBlockIO(directory: string, version: 1 | 2): ObservedBlockIO | undefined {
  const lines = (file: string) =>
    readFileSync(path.join(directory, file), "utf8").split("\n").filter(Boolean);
  const found = kinds.flatMap((kind) => {
    const { file, key } = throttleKinds[kind];
    const named = lines(version === 2 ? "io.max" : file).map((line) => line.split(" "));
    return named.flatMap(([device = "", ...words]) => {
      const [rate = "max"] =
        version === 1
          ? words
          : words.filter((word) => word.startsWith(`${key}=`)).map((word) => word.split("=")[1]);
      return rate === "max" ? [] : [{ device: deviceName(device), kind, rate: Number(rate) }];
    });
  });
  if (found.length === 0) return undefined;
  const devices = [...new Set(found.map(({ device }) => device))].sort();
  return Object.fromEntries(
    devices.map((name) => {
      const own = found.filter(({ device }) => device === name);
      return [name, Object.fromEntries(own.map(({ kind, rate }) => [kind, rate]))];
    }),
  );
}

/** The kernel's name of a device, by its numbers; those when it is gone. */
function deviceName(numbers: string): string {
  try {
    return path.basename(readlinkSync(`/sys/dev/block/${numbers}`));
  } catch {
    return numbers;
  }
}
