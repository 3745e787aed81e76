import { openat, write } from "../kernel/calls/file.js";
import { AT_FDCWD, O_CLOEXEC, O_WRONLY } from "../kernel/constants/file.js";
import { defineStep } from "./step.js";

export interface OomScoreAdjFields {
  /** -1000 to 1000. */
  readonly score: number;
}

/** How readily the kernel kills the container when memory runs out. */
export const oomScoreAdj = defineStep<OomScoreAdjFields>({
  kind: "oom-score-adj",
  where: "container",
  phase: "container",
  title: ({ score }) => ({
    en: `set the OOM score adjustment to ${String(score)}`,
    zh: `把 OOM 评分调整值设为 ${String(score)}`,
  }),
  explanation: {
    en: {
      what: "Tells the kernel how readily to kill this process, and what it starts, when memory runs out: 1000 first, -1000 never. Lowering it needs CAP_SYS_RESOURCE.",
      without: "The container is as likely to be killed as whoever started it.",
    },
    zh: {
      what: "告诉内核在内存不足时杀死本进程及其子进程的倾向：1000 最先，-1000 永不。调低需要 CAP_SYS_RESOURCE。",
      without: "容器被杀死的可能性与启动者相同。",
    },
  },
  manual: ["proc(5)"],
  tools: () => [],
  effects: () => [],
  lower: ({ score }, { builder }) => {
    const writer = builder.step("oom_score_adj");
    // As long as /proc is the host's: the container may have none.
    const file = writer.add(openat(AT_FDCWD, "/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC));
    writer.add(write(file, String(score)));
  },
  undo: undefined,
});
