import type { ExecutorMessage } from "./en.js";

/** 通过系统调用执行计划时的消息；键与 `en.ts` 相同。 */
export const zh: Record<ExecutorMessage, string> = {
  "not-root": "只有 root 才能执行，原因：{fields}；请用：sudo cooper",
  "root-only": "只有 root 才能执行，且只限 root 启动的容器；请用：sudo cooper",
  "rootfs-missing": "rootfs 不存在：{root} 不是目录；请用 cooper rootfs build 创建，或指定其他目录",
  "cgroup-version":
    '配置要求 cgroup v{version}，而本机没有 {controllers} 的相应层级；请把 cgroup.version 设为 "auto"',
  "container-missing": "没有名为 {name} 的容器在运行；请看：cooper ps",
  "container-starting": "容器 {name} 还没有启动命令；请稍后再试",
  "container-gone": "容器 {name} 已经结束",
  "signal-unknown": "没有信号 {signal}；请写名称（如 TERM）或编号",
  "stdio-unknown": "stdio 是 {stdio}；请写 inherit、output、pipe 或 ignore（字符串）",
  "command-empty": "没有要运行的命令",
};
