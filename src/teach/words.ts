import type { Language } from "../model/language.js";
import type { Change } from "./diff/compare.js";

export interface Words {
  readonly config: string;
  readonly steps: string;
  readonly bash: string;
  readonly calls: string;
  /** Beside a step of the host: the launcher's own system calls are no part of the container's program. */
  readonly byLauncher: string;
  readonly what: string;
  readonly without: string;
  readonly manual: string;
  readonly field: string;
  readonly effects: string;
  readonly undo: string;
  readonly phase: string;
  readonly lesson: (number: number, title: string) => string;
  readonly ladder: string;
  readonly question: string;
  readonly answer: string;
  readonly experiment: string;
  readonly withoutStep: (step: string) => string;
  readonly status: string;
  readonly unchanged: string;
  /** Beside steps that are those of another container. */
  readonly asIn: (container: string) => string;
  readonly nothingChanged: string;
  readonly skipped: (count: number) => string;
  readonly changes: Readonly<Record<Change, string>>;
}

/** The words that readings and comparisons of containers are told in. */
export const words: Record<Language, Words> = {
  en: {
    config: "Config",
    steps: "Steps",
    bash: "Bash",
    calls: "System calls",
    byLauncher: "carried out by the launcher, before the container's first process exists",
    what: "What it does",
    without: "Without it",
    manual: "Manual",
    field: "Field",
    effects: "Effect on the host",
    undo: "Undone by",
    phase: "Phase",
    lesson: (number, title) => `Lesson ${String(number)}: ${title}`,
    ladder:
      "Read one with: cooper lesson NUMBER. The experiments want a root file system: cooper rootfs build /tmp/alpine-rootfs",
    question: "Question",
    answer: "Answer",
    experiment: "Experiment",
    withoutStep: (step) => `Without the step ${step}`,
    status: "Exit status",
    unchanged: "Unchanged",
    asIn: (container) => `As in ${container}`,
    nothingChanged: "The two containers are the same.",
    skipped: (count) => `… ${String(count)} unchanged ${count === 1 ? "line" : "lines"}`,
    changes: {
      added: "new",
      removed: "gone",
      moved: "moved",
      changed: "changed",
      same: "unchanged",
    },
  },
  zh: {
    config: "配置",
    steps: "步骤",
    bash: "Bash",
    calls: "系统调用",
    byLauncher: "由启动者在容器的第一个进程出现之前完成",
    what: "作用",
    without: "缺少它",
    manual: "手册",
    field: "字段",
    effects: "对宿主机的影响",
    undo: "撤销方式",
    phase: "阶段",
    lesson: (number, title) => `第 ${String(number)} 课：${title}`,
    ladder:
      "阅读其中一课：cooper lesson 编号。实验需要一个 rootfs：cooper rootfs build /tmp/alpine-rootfs",
    question: "问题",
    answer: "答案",
    experiment: "实验",
    withoutStep: (step) => `去掉步骤 ${step}`,
    status: "退出码",
    unchanged: "未变",
    asIn: (container) => `与 ${container} 相同`,
    nothingChanged: "两个容器相同。",
    skipped: (count) => `… ${String(count)} 行未变`,
    changes: { added: "新增", removed: "删除", moved: "移动", changed: "修改", same: "未变" },
  },
};

/** What stands between a label and its text. */
export const separator: Record<Language, string> = { en: ": ", zh: "：" };
