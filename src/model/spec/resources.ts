import * as z from "zod/mini";
import { blockIOSchema } from "./block-io.js";
import { documented, issue, later, refined, transformed, value, violation } from "./field.js";

/** The shortest and longest CFS period the kernel takes, in microseconds, and what it takes as a quota. */
const period = { minimum: 1_000, maximum: 1_000_000, unit: "µs" };
const quotaRange = { minimum: 1_000, maximum: 1_000_000_000, unit: "µs" };

const cpu = later(() =>
  transformed(
    z.strictObject({
      quota: documented(z.optional(value("integer", { range: quotaRange })), {
        en: "CPU time the container may use in each period, in microseconds (at least 1000).",
        zh: "每个周期内容器可用的 CPU 时间，单位微秒（至少 1000）。",
      }),
      period: documented(z._default(value("integer", { range: period }), 100_000), {
        en: "Length of a period in microseconds, 1000 to 1000000.",
        zh: "周期长度，单位微秒，1000 到 1000000。",
      }),
      cpus: documented(z.optional(z.number().check(z.minimum(0.01), z.maximum(10_000))), {
        en: "Number of CPUs, as `docker run --cpus`: another way to write `quota`.",
        zh: "CPU 核数，同 `docker run --cpus`：`quota` 的另一种写法。",
      }),
    }),
    ({ cpus, ...limits }, context) => {
      if (cpus === undefined) return limits;
      if (limits.quota !== undefined || typeof limits.period !== "number") {
        context.addIssue(issue("cpu-both"));
        return z.NEVER;
      }
      const quota = Math.round(cpus * limits.period);
      const found = violation(quota, { type: "integer", range: quotaRange });
      if (found !== undefined) context.addIssue({ ...found, path: ["cpus"] });
      return { ...limits, quota };
    },
  ),
);

/** As little as Docker takes: the shell that builds the container is in its group, too. */
const memoryRange = { minimum: 6 * 1024 * 1024, maximum: Number.MAX_SAFE_INTEGER, unit: "bytes" };

const memory = later(() =>
  refined(
    z.strictObject({
      limit: documented(value("bytes", { range: memoryRange }), {
        en: 'Most memory the container may use: bytes, or a text such as "256MiB". At least 6 MiB.',
        zh: '容器可用的最大内存：字节数，或 "256MiB" 这样的文本。至少 6 MiB。',
      }),
      swap: documented(z.optional(value("bytes", { range: memoryRange })), {
        en: "Most memory and swap together, as `docker run --memory-swap`. Default: as much as `limit`, so that nothing is swapped out to get around it.",
        zh: "内存与 swap 的总上限，同 `docker run --memory-swap`。默认与 `limit` 相同，即不能用 swap 绕过内存限制。",
      }),
    }),
    ({ limit, swap }, context) => {
      if (typeof limit === "number" && typeof swap === "number" && swap < limit)
        context.addIssue(issue("swap-below-limit", { limit, swap }, ["swap"]));
    },
  ),
);

/**
 * The shell that builds the container is in its group, and starts one tool at a time. The most is the kernel's
 * PID_MAX_LIMIT: no host has more.
 */
const pidsRange = { minimum: 2, maximum: 4_194_304, unit: "PIDs" };

const pids = later(() =>
  z.strictObject({
    limit: documented(value("integer", { range: pidsRange }), {
      en: "Most processes and threads the container may have at a time, at least 2, as `docker run --pids-limit`.",
      zh: "容器同时拥有的进程和线程总数上限，至少为 2，同 `docker run --pids-limit`。",
    }),
  }),
);

const cpuset = later(() =>
  refined(
    z.strictObject({
      cpus: documented(z.optional(value("text", { form: "numbers" })), {
        en: 'CPUs the container may run on, such as "0-2,4", as `docker run --cpuset-cpus`.',
        zh: '容器可以使用的 CPU，例如 "0-2,4"，同 `docker run --cpuset-cpus`。',
      }),
      mems: documented(z.optional(value("text", { form: "numbers" })), {
        en: 'Memory nodes (NUMA) the container may take memory from, such as "0", as `docker run --cpuset-mems`.',
        zh: '容器可以使用的内存节点（NUMA），例如 "0"，同 `docker run --cpuset-mems`。',
      }),
    }),
    ({ cpus, mems }, context) => {
      if (cpus === undefined && mems === undefined) context.addIssue(issue("cpuset-empty"));
    },
  ),
);

/** `linux.resources` of the OCI runtime specification; `cpuset` is part of `cpu` there. */
export const resourcesSchema = z.strictObject({
  cpu: documented(z.optional(cpu), { en: "CPU limit.", zh: "CPU 限制。" }),
  memory: documented(z.optional(memory), { en: "Memory limit.", zh: "内存限制。" }),
  pids: documented(z.optional(pids), {
    en: "Limit of the number of processes.",
    zh: "进程数限制。",
  }),
  cpuset: documented(z.optional(cpuset), {
    en: "Which CPUs and memory nodes the container may use.",
    zh: "容器可以使用哪些 CPU 和内存节点。",
  }),
  blockIO: documented(z.optional(blockIOSchema), {
    en: "Limits of disk input and output.",
    zh: "磁盘 I/O 限制。",
  }),
});
