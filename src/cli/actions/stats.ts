import { findContainer } from "../../executor/container-handle.js";
import type { ContainerStats } from "../../executor/stats.js";
import type { Language } from "../../model/language.js";
import { message } from "../messages/index.js";
import { print } from "../print.js";
import { table } from "../table.js";

/** `cooper stats`: what a container uses, against what it may use. */
export async function statsCommand(
  name: string,
  { json }: { readonly json?: true },
  language: Language,
): Promise<void> {
  const stats = await findContainer(name).stats({ interval: 500 });
  if (json) {
    print(`${JSON.stringify(stats, null, 2)}\n`);
    return;
  }
  const header = (["stats-what", "stats-used", "stats-limit", "stats-share"] as const).map((key) =>
    message(language, key),
  );
  print(table([header, ...rows(stats, language)], 120));
}

function rows({ cpu, memory, pids, blockIO }: ContainerStats, language: Language): string[][] {
  const none = message(language, "stats-none");
  const cpus = (number: number) => message(language, "stats-cpus", { number: number.toFixed(2) });
  const bytes = (number: number) => `${(number / 1024 / 1024).toFixed(1)} MiB`;
  const percent = (part: number | undefined) =>
    part === undefined ? "" : `${(part * 100).toFixed(1)} %`;
  const shown = (number: number | undefined, format: (number: number) => string, other: string) =>
    number === undefined ? other : format(number);
  return [
    [
      message(language, "stats-cpu"),
      shown(cpu.used, cpus, ""),
      shown(cpu.limit, cpus, none),
      percent(cpu.share),
    ],
    [
      message(language, "stats-cpu-time"),
      shown(cpu.time, (seconds) => `${seconds.toFixed(2)} s`, ""),
      "",
      "",
    ],
    [
      message(language, "stats-memory"),
      shown(memory.used, bytes, ""),
      shown(memory.limit, bytes, none),
      percent(memory.share),
    ],
    [
      message(language, "stats-pids"),
      shown(pids.used, String, ""),
      shown(pids.limit, String, none),
      percent(pids.share),
    ],
    [message(language, "stats-read"), shown(blockIO.read, bytes, ""), "", ""],
    [message(language, "stats-written"), shown(blockIO.written, bytes, ""), "", ""],
  ];
}
