import type { en } from "./en.js";

/** 生成的脚本在运行时输出的消息；键与 `en.ts` 相同。 */
export const zh: Record<keyof typeof en, string> = {
  usage: "用法",
  "usage-options": "选项",
  "usage-command": "命令 [参数…]",
  "help-summary": "运行一个隔离的进程：不依赖容器引擎，手动构建的容器。",
  "help-parameters": "参数（按此顺序作为命令行参数，或使用同名环境变量）：",
  "help-default": "默认：{value}",
  "help-with-default": "{help}；默认：{value}",
  "help-options": "选项：",
  "help-only": "只运行 stack 中这个编号的容器",
  "stack-only": "这个 stack 中没有编号为 {number} 的容器；编号为 1 到 {last}",
  "stack-command": "stack 运行配置中的命令；要运行其他命令，请只运行一个容器：--only 编号",
  "stack-no-file": "stack 脚本会为每个容器启动自己一次，因此必须是文件；请保存后再运行",
  "help-dry-run": "只打印命令而不执行；不需要 root 权限",
  "help-quiet": "不输出各个步骤",
  "help-help": "打印本帮助",
  "help-version": "打印脚本版本",
  "help-command": "运行这个命令，代替 {command}",
  "help-rootfs-summary": "用{source}构建 rootfs。",
  "help-directory": "要创建的目录；可以是已存在的空目录",
  "help-archive": "镜像所在的归档或 layout 目录",
  "help-no-cache": "重新构建，也不为下次保留副本",
  "help-rootfs-cache":
    "副本保存在 $XDG_CACHE_HOME/cooper/rootfs-scripts 或 ~/.cache/cooper/rootfs-scripts，供下次使用。",
  "help-rootfs-exit": "退出状态：构建成功为 0；被信号 n 终止为 128+n；无法构建为 125。",
  "help-exit":
    "退出状态：命令自身的退出状态；被信号 n 终止时为 128+n；找不到命令为 127；命令不可执行为 126；容器构建失败为 125。",

  error: "错误",
  warning: "警告",
  "bash-version": "bash {version} 版本过低，需要 bash 4.4 或更新版本",
  "option-unknown": "没有选项 {option}；请看 --help",
  "arguments-too-many": "参数过多：给出了 {count} 个，最多 {most} 个；命令请写在 -- 之后",
  "command-empty": "-- 之后没有命令",
  "value-type": "{parameter} 的值是 '{value}'；应为{expected}",
  "expected-name": "由字母、数字、'_'、'.'、'-' 组成的名称，以字母或数字开头，最长 63 个字符",
  "expected-path": "不含控制字符的路径",
  "expected-integer": "最多 15 位的整数",
  "expected-bytes": "内存大小，例如 268435456、256m 或 256MiB",
  "path-absolute": "{parameter} 的值是 '{value}'；应为不含 '..' 的绝对路径",
  "address-invalid": "{parameter} 的值是 '{value}'；应为 IPv4 或 IPv6 地址",
  "limit-range": "{parameter} 的值是 {value}；应在 {minimum} 到 {maximum}{unit} 之间",
  "division-by-zero": "{parameter} 的除数为零；请改用其他参数值",
  "number-list": "{parameter} 的值是 '{value}'；应为编号和范围的列表，例如 0-2,4",

  "not-root": "只有 root 才能执行，原因：{fields}；请用：sudo {script}",
  "root-only": "需要 root 权限；请用：sudo {script}",
  "run-directory-unsafe":
    "{directory} 必须是您自己的目录，并且其他人无权访问（权限 700），而它不是；请将其删除，或设置 XDG_RUNTIME_DIR",
  "run-directory-closed":
    "容器的 root 是宿主机用户 {root}，无权进入存放您的容器的 {directory}；请把 root 映射为您自己，例如 --uidmap 0:{user}:1 --uidmap 1:{root}:1000，或以 root 启动容器",
  "run-directory-unwritable":
    "无法写入记录容器的目录 {directory}：{reason}；请以可写方式挂载它，或释放空间（df、df -i）；root 以外的用户也可以把 XDG_RUNTIME_DIR 设为自己的另一个目录",
  "user-namespaces-disabled":
    "本机不允许创建 user namespace；请用以下命令允许：sysctl -w {key}={value}",
  "user-unmapped":
    "命令要以 {kind} {id} 运行，而启动容器的用户只有 {count} 个 ID 可用（见 /etc/sub{kind}）；请改用更小的 ID，或以 root 启动容器",
  "tool-missing": "缺少命令：{tools}；请安装：apt-get install {packages}",
  "rootfs-missing": "rootfs 不存在：{root} 不是目录；请在此处创建，或用参数指定其他目录",
  "rootfs-is-host": "rootfs {root} 是宿主机的根目录；请指定其他目录",
  "layer-missing": "rootfs 的层 {path} 不是可以进入的目录；请先创建，或指定其他目录",
  "layers-overlap": "{path} 和 {other} 都是同一个 rootfs 的层，却互相包含；请指定互不包含的目录",
  "layer-file-system":
    "{path} 所在的文件系统（{type}）不能作为 overlay 的可写层；请指定其他文件系统上的目录，例如 ext4、XFS、Btrfs 或 tmpfs",
  "layer-in-use": "另一个容器正在使用可写层 {path}；请先结束该容器，或指定其他目录",
  "rootfs-no-command": "本机没有命令 '{command}'，无法放入 rootfs",
  "rootfs-no-path": "本机没有 {path}，无法放入 rootfs",
  "capability-missing":
    "启动者自己没有 {capability}，无法授予容器；请从 process.capabilities.add 中去掉",
  "rootfs-exists": "{directory} 已存在且不是空目录；请换一个目录，或先删除它",
  "rootfs-mount-point":
    "{directory} 是挂载点，而 rootfs 要先在旁边构建再改名；请指定其中的一个目录",
  "rootfs-copies-itself": "{path} 包含要创建的目录；请缩小复制范围，或把目录放到别处",
  "rootfs-arguments": "参数过多：给出了 {count} 个，最多 {most} 个；请看 --help",
  "rootfs-unnamed": "请用参数指定要创建的目录；请看 --help",
  "rootfs-tool-failed": "命令失败，退出状态 {status}：{command}：{reason}",
  "rootfs-no-engine":
    "以下工具都没有安装，或其守护进程没有响应：{engines}；请安装其一：apt-get install podman",
  "rootfs-digest": "内容与摘要不符：应为 {expected}，实为 {found}；镜像已损坏或被篡改",
  "rootfs-kept": "取用以前构建的副本：{file}；--no-cache 可重新构建",
  "rootfs-not-kept": "没有为下次在 {file} 保留副本",
  "rootfs-device": "略去设备节点：{file}",
  "rootfs-image-config": "镜像规定的运行方式：{config}",
  "rootfs-made": "已构建：{directory}",
  "cgroup-missing":
    "/sys/fs/cgroup 下没有 {controllers} 的 cgroup 层级；请在此处挂载 cgroup v1 控制器或 cgroup v2",
  "cgroup-version":
    '此脚本为 cgroup v{version} 生成，而本机没有 {controllers} 的相应层级；请用 cgroup.version "auto" 重新编译',
  "cgroup-controller": "本机没有 cgroup 控制器 {controller}（可用：{available}）",
  "device-missing": "{field} 是 {device}，而本机没有这个块设备；请看：lsblk",
  "device-kind": "{field} 是 {device}，它不是块设备；请看：lsblk",
  "device-partition": "{field} 是 {device}，它是分区；内核只能限制整个磁盘，请看：lsblk",
  "cpuset-unavailable": "{field} 是 {value}，而本机只有 {available}",
  "name-in-use": "名为 {name} 的容器正在运行（进程 {pid}）；请换一个名称，或先结束它",
  "netns-in-use":
    "名为 {name} 的 network namespace 已存在，且不是同名容器创建的；请换一个名称，或删除它：ip netns delete {name}",
  "cgroup-in-use":
    "cgroup {directory} 已存在，且不是同名容器创建的；请换一个名称，或删除它：rmdir {directory}",
  "join-missing":
    "没有名为 {name} 的容器在运行，无法共用它的网络；请先启动它，用 cooper ps 查看正在运行的容器",
  "join-no-namespace":
    "容器 {name} 在 /run/netns 下没有自己的 network namespace，无法共用；请选择 network.mode 为 bridge 或 none 的容器",
  "stale-cleared": "清理已死亡的同名容器 {name} 的残留",
  "port-in-use": "{address} 的端口 {port} 已由容器 {name} 发布；请换一个端口，或先结束该容器",
  "port-taken": "宿主机上已有进程监听端口 {port}；请换一个端口，或结束该进程：ss -lnp",
  "host-address-missing": "宿主机没有地址 {address}，无法在其上发布端口；查看地址：ip -4 address",
  "address-exhausted": "{subnet} 中没有空闲地址",
  "links-too-many": "{path} 的符号链接层数过多",
  "mount-source-missing": "宿主机上没有要挂载到容器内的 {path}；请先创建，或改用其他路径",
  "mount-target-kind": "挂载目标 {path} 的类型不符，应为 {kind}",
  "null-device":
    "宿主机的 {path} 不是空设备，无法用它对容器隐藏文件；请重新创建：mknod -m 666 {path} c 1 3",
  "cwd-missing": "容器中没有工作目录 {path}",
  "write-failed":
    "无法把 {value} 写入 {file}：{reason}；若空间不足，请释放空间（df、df -i）；若内核拒绝该值，请修改相应设置",
  "command-failed": "命令失败，退出状态 {status}：{command}",
  "rules-removed": "iptables --delete：iptables-save 显示的注释为 {tag} 的每条规则",
  "step-failed": "步骤 {step} 失败；已完成的操作全部撤销",
  "command-not-found": "容器中没有命令 {command}",
  "command-not-executable": "容器无法执行 {command}",

  "hook-missing":
    "{hook} 钩子 {path} 不是本机可以执行的程序（应为二进制文件，或以 #! 指明解释器的脚本）；请安装它、加上执行权限（chmod +x），或改用别的程序",
  "hook-failed": "{hook} 钩子 {path} 失败，退出状态 {status}",

  "container-starts": "启动容器：{name}",
  "container-ended": "容器 {name} 已停止（退出状态 {status}）",
  rootfs: "rootfs：{root}",
  "cpu-limit": "CPU 限制：{cpus} 核",
  "memory-limit": "内存限制：{memory} MB",
  "container-address": "容器 IP：{address}",
};
