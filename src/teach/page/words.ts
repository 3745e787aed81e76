import type { Translated } from "../../model/language.js";
import { words as shared } from "../words.js";

/** The words that only the page needs. */
const own = {
  title: { en: "Containers, step by step", zh: "逐步读懂容器" },
  skip: { en: "Skip to the content", zh: "跳到正文" },
  language: { en: "Language", zh: "语言" },
  theme: { en: "Theme", zh: "主题" },
  "theme-auto": { en: "Auto", zh: "自动" },
  "theme-light": { en: "Light", zh: "浅色" },
  "theme-dark": { en: "Dark", zh: "深色" },
  contents: { en: "Contents", zh: "目录" },
  compare: { en: "Compare", zh: "对比" },
  "compare-any": { en: "What is different between two containers", zh: "两个容器有什么不同" },
  before: { en: "Before", zh: "对比前" },
  after: { en: "After", zh: "对比后" },
  swap: { en: "Swap", zh: "交换" },
  "compare-before": { en: "Compare with the one before", zh: "与上一课对比" },
  drawing: { en: "The container on its host", zh: "宿主机上的容器" },
  "drawing-help": {
    en: "From top to bottom: the way out, the host's network, the container with its namespaces and mounts, and its control groups.",
    zh: "自上而下：对外的通路、宿主机的网络、带有 namespace 和挂载的容器，以及它的 cgroup。",
  },
  outside: { en: "Outside world", zh: "外部网络" },
  host: { en: "Host", zh: "宿主机" },
  "network-none": { en: "network: only loopback", zh: "网络：只有回环接口" },
  "network-host": { en: "network: the host's own", zh: "网络：使用宿主机的网络" },
  namespaces: { en: "Namespaces (dashed: shared)", zh: "Namespace（虚线：与宿主机共享）" },
  "file-systems": { en: "Mounts", zh: "挂载" },
  layers: {
    en: "Layers of the root, the writable one on top",
    zh: "rootfs 的各层，最上面是可写层",
  },
  "layer-in-memory": { en: "in memory, gone with the container", zh: "在内存中，随容器消失" },
  more: { en: "and # more", zh: "另有 # 项" },
  process: { en: "Process", zh: "进程" },
  cgroup: { en: "Control groups", zh: "cgroup（资源限制）" },
  "reading-help": {
    en: "Point at a line of the config or at a step, or move with Tab and the arrow keys: what belongs together lights up. A tap or Enter keeps it lit, Escape lets go.",
    zh: "指向配置中的一行或某个步骤，或用 Tab 和方向键移动，相互对应的内容会高亮。点按或按 Enter 保持高亮，按 Esc 取消。",
  },
  defaults: { en: "Left to their defaults", zh: "使用默认值的字段" },
  host_step: { en: "host", zh: "宿主机" },
  container_step: { en: "container", zh: "容器内" },
  "without-step": { en: "Without the step", zh: "去掉步骤" },
  details: { en: "What breaks without it, and more", zh: "缺少它会怎样，以及更多说明" },
  "standard-output": { en: "Output", zh: "输出" },
  "standard-error": { en: "Error output", zh: "错误输出" },
  nothing: { en: "(none)", zh: "（无）" },
  release: { en: "Release", zh: "取消高亮" },
  "no-script": {
    en: "Without scripts, the page shows everything below each other, without highlighting and comparison.",
    zh: "未启用脚本时，页面依次显示全部内容，没有联动高亮和对比。",
  },
  plan: { en: "The plan", zh: "计划" },
  "step-by-step": { en: "Config, bash and system calls", zh: "配置、bash 与系统调用" },
  reveal: { en: "Show the answer", zh: "查看答案" },
  bytes: { en: "Made by Cooper", zh: "由 Cooper 生成" },
} as const satisfies Record<string, Translated>;

/** The words that the page shares with the terminal. */
const common = [
  "config",
  "steps",
  "bash",
  "calls",
  "byLauncher",
  "what",
  "without",
  "manual",
  "field",
  "effects",
  "undo",
  "question",
  "answer",
  "experiment",
  "status",
  "nothingChanged",
] as const;

type Own = keyof typeof own;
type Common = (typeof common)[number];

/** A word or sentence of the page, in both languages. */
export const pageWords = (name: Own | Common): Translated =>
  isOwn(name) ? own[name] : { en: shared.en[name], zh: shared.zh[name] };

const isOwn = (name: string): name is Own => Object.hasOwn(own, name);

export const allPageWords: Readonly<Record<string, Translated>> = {
  ...Object.fromEntries(common.map((name) => [name, pageWords(name)])),
  ...own,
};

/** What the page's script says: words by name, in both languages, and with a number in the place of `#`. */
export const scriptWords: Readonly<Record<string, Translated>> = {
  added: { en: shared.en.changes.added, zh: shared.zh.changes.added },
  removed: { en: shared.en.changes.removed, zh: shared.zh.changes.removed },
  moved: { en: shared.en.changes.moved, zh: shared.zh.changes.moved },
  changed: { en: shared.en.changes.changed, zh: shared.zh.changes.changed },
  config: pageWords("config"),
  bash: pageWords("bash"),
  calls: pageWords("calls"),
  nothing: pageWords("nothingChanged"),
  skipped: { en: "… unchanged lines: #", zh: "… # 行未变" },
  steps: { en: "steps: #", zh: "# 个步骤" },
};
