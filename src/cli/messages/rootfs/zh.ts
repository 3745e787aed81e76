import type { rootfsEn } from "./en.js";

/** `cooper rootfs` 的全部消息；键与 `en.ts` 相同。 */
export const rootfsZh: Record<keyof typeof rootfsEn, string> = {
  rootfs: "准备 rootfs",
  "rootfs-build": "构建 rootfs",
  "rootfs-directory": "要创建的目录；可以是已存在的空目录",
  "rootfs-from": "用什么构建，见下文（默认：host）",
  "rootfs-commands": "host：要复制的命令，连同所需的库或解释器（默认：sh）",
  "rootfs-copy": "host：要复制到相同位置的文件和目录，连同所需的库",
  "rootfs-no-cache": "重新构建，也不为下次保留副本",
  "rootfs-quiet": "除错误外不输出任何信息",
  "rootfs-help": `来源：
  host                      本机的 busybox（须为静态链接），以及指定的命令和路径

rootfs 先在目标目录旁边构建，完成后再改名：不会出现半成品，中断后也不留任何残余。副本保存在 $XDG_CACHE_HOME/cooper/rootfs 或 ~/.cache/cooper/rootfs，下次构建时若一切来源均未变化则直接取用；--no-cache 跳过缓存，缓存目录可随时删除。90 天未使用的副本会自动删除。

示例：
  cooper rootfs build /srv/box
  cooper rootfs build /srv/python --commands sh python3 --copy /usr/lib/python3.11`,

  "rootfs-source": "{source} 不是 rootfs 的来源；应为以下之一：{forms}",
  "rootfs-option": "{option} 对 {source} 没有意义；请去掉它，或用 --help 查看它属于哪种来源",
  "rootfs-exists": "{directory} 已存在且不是空目录；请换一个目录，或先删除它",
  "rootfs-mount-point":
    "{directory} 是挂载点，而 rootfs 要先在旁边构建再改名；请指定其中的一个目录",
  "rootfs-no-command": "本机没有命令 {command}",
  "rootfs-no-path": "本机没有 {path}",
  "rootfs-copies-itself": "{path} 包含要创建的目录；请缩小复制范围，或把目录放到别处",
  "rootfs-tool": "没有安装 {tool}；请安装：apt-get install {package}",
  "rootfs-tool-failed": "命令失败，退出状态 {status}：{command}：{reason}",
  "rootfs-disk-full": "{directory} 所在磁盘空间不足；请腾出空间，或指定其他磁盘上的目录",

  "rootfs-built": "{directory}：已用{from}构建 rootfs，耗时 {seconds} 秒",
  "rootfs-cached": "，取自 {date} 的缓存（{file}）；--no-cache 可重新构建",
  "rootfs-not-kept": "cooper：没有为下次保留副本：{reason}",
  "rootfs-from-host": "本机的 {commands} ",
  "rootfs-copying": "正在从本机复制",
  "rootfs-no-devices": "其中没有设备节点（只有 root 才能创建）；cooper 的容器自带设备节点。",
};
