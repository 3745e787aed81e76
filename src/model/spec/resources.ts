import * as z from "zod";
import { documented, issue, value, violation } from "./field.js";

/** The shortest and longest CFS period the kernel takes, in microseconds, and what it takes as a quota. */
const period = { minimum: 1_000, maximum: 1_000_000, unit: "µs" };
const quotaRange = { minimum: 1_000, maximum: 1_000_000_000, unit: "µs" };

const cpu = z
  .strictObject({
    quota: documented(value("integer", { range: quotaRange }).optional(), {
      en: "CPU time the container may use in each period, in microseconds (at least 1000).",
      zh: "每个周期内容器可用的 CPU 时间，单位微秒（至少 1000）。",
    }),
    period: documented(value("integer", { range: period }).default(100_000), {
      en: "Length of a period in microseconds, 1000 to 1000000.",
      zh: "周期长度，单位微秒，1000 到 1000000。",
    }),
    cpus: documented(z.number().min(0.01).max(10_000).optional(), {
      en: "Number of CPUs, as `docker run --cpus`: another way to write `quota`.",
      zh: "CPU 核数，同 `docker run --cpus`：`quota` 的另一种写法。",
    }),
  })
  .transform(({ cpus, ...limits }, context) => {
    if (cpus === undefined) return limits;
    if (limits.quota !== undefined || typeof limits.period !== "number") {
      context.addIssue(issue("cpu-both"));
      return z.NEVER;
    }
    const quota = Math.round(cpus * limits.period);
    const found = violation(quota, { type: "integer", range: quotaRange });
    if (found !== undefined) context.addIssue({ ...found, path: ["cpus"] });
    return { ...limits, quota };
  });

const memory = z.strictObject({
  limit: documented(
    value("bytes", {
      range: { minimum: 1024 * 1024, maximum: Number.MAX_SAFE_INTEGER, unit: "bytes" },
    }),
    {
      en: 'Most memory the container may use: bytes, or a text such as "256MiB". At least 1 MiB.',
      zh: '容器可用的最大内存：字节数，或 "256MiB" 这样的文本。至少 1 MiB。',
    },
  ),
});

/** `linux.resources` of the OCI runtime specification. */
export const resourcesSchema = z.strictObject({
  cpu: documented(cpu.optional(), { en: "CPU limit.", zh: "CPU 限制。" }),
  memory: documented(memory.optional(), { en: "Memory limit.", zh: "内存限制。" }),
});
