import type { rootfsEn } from "./en.js";

/** `cooper rootfs` 的全部消息；键与 `en.ts` 相同。 */
export const rootfsZh: Record<keyof typeof rootfsEn, string> = {
  rootfs: "准备 rootfs",
  "rootfs-build": "构建 rootfs",
  "rootfs-script": "把构建 rootfs 的过程编译成独立的 bash 脚本",
  "rootfs-script-directory": "脚本默认创建的目录",
  "rootfs-script-help": `来源与 cooper rootfs build --help 中的相同。
归档的脚本只用于编译时检查过的那一个镜像，各层由摘要指定。

示例：
  cooper rootfs script /srv/box -o box.sh
  cooper rootfs script --from debootstrap:bookworm --variant minbase -o debian.sh
  cooper rootfs script --from archive:alpine.tar -o alpine.sh`,
  "rootfs-directory": "要创建的目录；可以是已存在的空目录",
  "rootfs-from": "用什么构建，见下文（默认：host）",
  "rootfs-commands":
    "host：要复制的命令，例如 sh,python3，连同所需的库或解释器；可多次使用（默认：sh）",
  "rootfs-copy": "host：要复制到相同位置的文件或目录，连同所需的库；可多次使用",
  "rootfs-mirror-flag":
    "debootstrap：镜像站（默认：本机获取该版本的镜像站，否则为 debootstrap 自带的）",
  "rootfs-arch": "debootstrap：架构，例如 amd64（默认：本机架构）",
  "rootfs-variant": "debootstrap：minbase 为最小系统，buildd 用于构建软件包",
  "rootfs-include": "debootstrap：另外安装的软件包，例如 curl,ca-certificates",
  "rootfs-keyring": "debootstrap：发行版签名密钥的文件",
  "rootfs-tag": "archive：有多个镜像时用标签或完整名称指定",
  "rootfs-for-platform": "image、archive：有多个平台时指定，例如 linux/arm64（默认：本机平台）",
  "rootfs-config": "同时写出一份运行它的配置，按镜像规定的方式运行",
  "rootfs-no-cache": "重新构建，也不为下次保留副本",
  "rootfs-quiet": "除错误外不输出任何信息",
  "rootfs-help": `来源：
  host            本机的 busybox（须为静态链接），以及指定的命令和路径
  debootstrap:SUITE
                  用 debootstrap 安装的 Debian 或 Ubuntu 系统，例如 debootstrap:bookworm；会验证签名
  image:NAME      docker 或 podman 的镜像（哪个可用就用哪个），通过 create 和 export 导出
  docker:NAME     docker 的镜像
  podman:NAME     podman 的镜像
  archive:PATH    docker save 的归档、OCI layout 目录或其归档；不需要容器引擎

rootfs 先在目标目录旁边构建，完成后再改名：不会出现半成品，中断后也不留任何残余；
只有 SIGKILL 会留下 目录.PID.partial，可以删除。
副本保存在 $XDG_CACHE_HOME/cooper/rootfs 或 ~/.cache/cooper/rootfs，下次构建时若一切来源均未
变化则直接取用；--no-cache 跳过缓存，缓存目录可随时删除。90 天未使用的副本会自动删除。
镜像站上的更新不会被检查；用 --no-cache 重新获取。

示例：
  cooper rootfs build /srv/box
  cooper rootfs build --from debootstrap:bookworm --variant minbase /srv/debian
  cooper rootfs build /srv/python --commands sh,python3 --copy /usr/lib/python3.11
  cooper rootfs build --from image:alpine:latest /srv/alpine --config alpine.json
  cooper rootfs build --from archive:alpine.tar /srv/alpine`,

  "rootfs-source": "{source} 不是 rootfs 的来源；应为以下之一：{forms}",
  "rootfs-option": "{option} 对 {source} 没有意义；请去掉它，或用 --help 查看它属于哪种来源",
  "rootfs-exists": "{directory} 已存在且不是空目录；请换一个目录，或先删除它",
  "rootfs-mount-point":
    "{directory} 是挂载点，而 rootfs 要先在旁边构建再改名；请指定其中的一个目录",
  "rootfs-no-command": "本机没有命令 '{command}'",
  "rootfs-no-path": "本机没有 {path}",
  "rootfs-copies-itself": "{path} 包含要创建的目录；请缩小复制范围，或把目录放到别处",
  "rootfs-platform": "{platform} 不是平台；应为 OS/架构，例如 linux/arm64",
  "rootfs-compression": "{file} 使用 {compression} 压缩，无法读取；应为 gzip、zstd 或不压缩",
  "rootfs-image-format": "{file} 不能作为镜像的一部分读取：{reason}",
  "rootfs-image-none": "{file} 中没有镜像；应为 docker save 的归档、OCI layout 目录或其归档",
  "rootfs-image-unknown": "{file} 中没有镜像 {tag}；其中有：{images}",
  "rootfs-image-which": "{file} 中有多个镜像；请用 --tag 指定：{images}",
  "rootfs-image-platform":
    "{file} 中没有 {platform} 平台的镜像；其中有：{platforms}；可用 --platform 指定",
  "rootfs-image-incomplete": "{file} 缺少镜像所需的 {blob}；请重新保存镜像",
  "rootfs-digest": "内容与摘要不符：应为 {expected}，实为 {found}；镜像已损坏或被篡改",
  "rootfs-layer-damaged": "镜像层 {layer} 已损坏：{reason}",
  "rootfs-entry-escapes": "镜像试图写到 rootfs 之外：{entry}；请不要信任它",
  "rootfs-entry-link": "镜像中的硬链接 {entry} 指向 {target}，而后者不是其中的文件",
  "rootfs-entry-name": "镜像中有文件名不是 UTF-8：{entry}",
  "rootfs-entry-type": "镜像中有类型未知的文件：{entry}",
  "rootfs-user": "镜像要以 {user} 运行，但其 {file} 中没有；请手写配置",
  "rootfs-no-engine":
    "docker 和 podman 都没有安装；请安装其一（apt-get install podman），或在别处保存镜像（docker save -o image.tar 镜像名），再用 --from archive:image.tar",
  "rootfs-value": "{value} 不能作为 {option} 的值；请看 --help",
  "rootfs-not-root": "{source} 要创建设备节点并切换根目录，需要 root 权限；请用：sudo cooper",
  "rootfs-suite":
    "debootstrap 不认识发行版代号 {suite}；可用的代号见 /usr/share/debootstrap/scripts",
  "rootfs-signature":
    "无法验证 {suite} 的签名：{reason}；请安装该发行版的密钥（Ubuntu 为 apt-get install ubuntu-keyring），或用 --keyring 指定密钥文件",
  "rootfs-mirror":
    "无法访问镜像站 {mirror}，或其中没有 {suite}：{reason}；请用 --mirror 指定其他镜像站",
  "rootfs-script-link":
    "该镜像通过下层的符号链接写入（{entry}），脚本中的 tar 会跟随它离开 rootfs；请用：cooper rootfs build",
  "rootfs-tool": "没有安装 {tool}；请安装：apt-get install {package}",
  "rootfs-tool-failed": "命令失败，退出状态 {status}：{command}：{reason}",
  "rootfs-disk-full": "{directory} 所在磁盘空间不足；请腾出空间，或指定其他磁盘上的目录",

  "rootfs-built": "{directory}：已用{from}构建 rootfs，耗时 {seconds} 秒",
  "rootfs-cached": "，取自 {date} 的缓存（{file}）；--no-cache 可重新构建",
  "rootfs-not-kept": "cooper：没有为下次保留副本：{reason}",
  "rootfs-from-host": "本机的 {commands} ",
  "rootfs-from-image": "镜像 {image} ",
  "rootfs-reading-image": "正在检查 {file}",
  "rootfs-layer": "镜像层 {number}/{count}：{percent} %",
  "rootfs-pulling": "{engine} 正在拉取 {image}",
  "rootfs-exporting": "{engine} 正在导出：{mebibytes} MiB",
  "rootfs-from-suite": " {suite} ",
  "rootfs-from-mirror": " {mirror} 的 {suite} ",
  "rootfs-bootstrapping": "debootstrap 进度：{doing}",
  "rootfs-devices-left-out": "略去了镜像中的 {count} 个设备节点：{names}；cooper 的容器自带 /dev。",
  "rootfs-attributes-left-out": "镜像中有 {count} 个文件失去了 capability 或扩展属性：{names}。",
  "rootfs-copying": "正在从本机复制",
  "rootfs-no-devices": "其中没有设备节点（只有 root 才能创建）；cooper 的容器自带设备节点。",
};
