import type { MessageKey } from "./en.js";

/** 命令行的全部消息；键与 `en.ts` 相同。 */
export const zh: Record<MessageKey, string> = {
  description: "容器编译器：把一份带类型的配置编译成独立的 bash 脚本。",
  version: "打印版本号",
  help: "打印命令的帮助",
  lang: "消息的语言：en 或 zh（默认取自 LC_ALL、LC_MESSAGES 或 LANG）",

  compile: "把配置编译成独立的 bash 脚本",
  "compile-lang": "脚本中消息和注释的语言：en 或 zh（默认：en）",
  config: "配置文件，.ts 或 .json",
  output: "写入此文件（并设为可执行），而不是标准输出",
  set: "现在就固定一个参数，而不是等到容器启动；可多次使用",

  plan: "显示构建容器的各个步骤",
  json: "输出 JSON",
  "plan-phase": "阶段",
  "plan-step": "步骤",
  "plan-effect": "对宿主机的影响",
  "plan-undo": "撤销",

  lint: "用 bash -n、shellcheck -o all 和 shfmt 检查 bash 脚本",
  files: "要检查的脚本",
  "lint-clean": "{file}：没有问题",
  "lint-missing": "没有安装 {tool}；请安装：apt-get install {package}",
  "shellcheck-missing":
    "没有安装 shellcheck；请安装（apt-get install shellcheck），或由它的 npm 包下载：npx shellcheck --version",

  schema: "打印配置的 JSON Schema",
  init: "生成一份带注释的配置",
  "init-file": "要写入的文件（默认：container.ts）",
  "init-exists": "{file} 已存在；请换一个文件名",
  "init-written": "已写入 {file}；下一步：cooper compile {file} -o container.sh",

  rootfs: "准备 rootfs",
  "rootfs-build": "用本机的命令构建最小 rootfs",
  "rootfs-directory": "要创建的目录",
  "rootfs-commands": "要复制的命令，连同所需的库（默认：sh）",
  "rootfs-exists": "{directory} 已存在；请换一个目录，或先删除它",
  "rootfs-no-command": "本机没有命令 {command}",
  "rootfs-built": "{directory}：已用本机的 {source} 构建 rootfs",

  error: "错误",
  "write-failed": "无法写入 {file}：{reason}",
  internal: "这是 cooper 自身的错误：{reason}",
};
