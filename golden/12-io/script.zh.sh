#!/usr/bin/env bash
#
# 运行手动构建的容器 io-container：不需要容器引擎。
#
# 由 cooper 0.1.0 根据文末的配置生成，请勿修改。
# sha256 fec1fcc858465c3b29679c58f1be394751d8087c5a13c1a53be59233a70a0c7d
#
# 对宿主机的改动：
#   目录：/run/cooper/containers/io-container（容器结束时删除）
#   目录：/run/cooper（保留）
#   namespace：/run/netns/io-container（容器结束时删除）
#   挂载：/run/netns（最后一个共用它的容器结束时恢复）
#   cgroup：/sys/fs/cgroup/pids/container-io-container（容器结束时删除）
#   cgroup：/sys/fs/cgroup/cpuset/container-io-container（容器结束时删除）
#   cgroup：/sys/fs/cgroup/blkio/container-io-container（容器结束时删除）
#   进程：io-container（容器结束时删除）
# 运行条件：
#   bash 4.4 或更新版本
#   root 权限
#   coreutils: chroot, env, mkdir, readlink, rm, rmdir, sleep, stat
#   iproute2: ip
#   mount: mount, umount
#   util-linux: flock, nsenter, pivot_root, setpriv, unshare

set -euo pipefail
umask 022
export LC_ALL=C
unset BASH_ENV CDPATH
# 管理员的工具所在的目录，并非每个用户的 PATH 都包含它们。
export PATH+=:/usr/local/sbin:/usr/sbin:/sbin

script=${0##*/}
cgroup_version=''
cgroups=()
cleaning=''
current=''
directory=''
dry_run=''
host_root=''
interrupted=''
killed_by=''
launched=''
lock_descriptor=''
new_root=''
quiet=''
root=''
stale=''
trash=()
undo_stack=()

if [[ -t 2 && -z ${NO_COLOR:-} ]]; then
  green=$'\e[32m' red=$'\e[31m' reset=$'\e[0m'
else
  green='' red='' reset=''
fi

# ── 辅助函数 ──

# alive DIRECTORY：把 REPLY 设为运行此目录所登记容器的进程；没有则设为空。
alive() {
  local pid='' started=''
  if [[ -r $1/launcher ]]; then
    read -r pid started <"$1/launcher" || true
  fi
  REPLY=''
  if [[ ${pid} =~ ^[1-9][0-9]*$ ]]; then
    start_time "${pid}"
    if [[ -n ${REPLY} && ${REPLY} == "${started}" ]]; then
      REPLY=${pid}
    else
      REPLY=''
    fi
  fi
}

# await PID：回收进程；进程被杀死时不显示 shell 自己的提示。
await() {
  reap "$1" 2>/dev/null
}

# begin STEP TITLE：记下正在执行的步骤（供消息使用），并输出它要做什么。已收到信号时结束脚本；
# 已完成的操作由 EXIT trap 撤销。
begin() {
  if [[ -n ${interrupted} ]]; then
    exit "${interrupted}"
  fi
  current=$1
  log "$2"
}

# block_device FIELD DEVICE：把 REPLY 设为块设备的设备号 MAJOR:MINOR；DEVICE 是设备的路径，或就是设备号。
block_device() {
  local field=$1 device=$2 numbers
  REPLY=${device}
  if [[ -n ${dry_run} && ! -b ${device} ]]; then
    return
  fi
  if [[ ${device} == /* ]]; then
    if [[ ! -e ${device} ]]; then
      fail device-missing "${field} 是 ${device}，而本机没有这个块设备；请看：lsblk"
    fi
    if [[ ! -b ${device} ]]; then
      fail device-kind "${field} 是 ${device}，它不是块设备；请看：lsblk"
    fi
    numbers=$(stat --dereference --format=%t:%T -- "${device}")
    REPLY=$((16#${numbers%:*})):$((16#${numbers#*:}))
  fi
  if [[ ! -e /sys/dev/block/${REPLY} ]]; then
    fail device-missing "${field} 是 ${device}，而本机没有这个块设备；请看：lsblk"
  fi
  if [[ -e /sys/dev/block/${REPLY}/partition ]]; then
    fail device-partition "${field} 是 ${device}，它是分区；内核只能限制整个磁盘，请看：lsblk"
  fi
}

# check_absolute PARAMETER VALUE：值须为不依赖当前目录、不含 '..' 的绝对路径。
check_absolute() {
  local parameter=$1 value=$2
  if [[ ${value} != /* || /${value}/ == */../* ]]; then
    fail path-absolute "${parameter} 的值是 '${value}'；应为不含 '..' 的绝对路径"
  fi
}

# check_available FIELD LIST FILE：列表（例如 0-2,4）中的编号须都在 FILE 所列的编号之内；有的内核没有此文件。
check_available() {
  local field=$1 value=$2 available='' number numbers
  if [[ ! -r $3 || -n ${dry_run} ]]; then
    return
  fi
  read -r available <"$3" || true
  if [[ -z ${available} ]]; then
    return
  fi
  expand_list "${available}"
  numbers=${REPLY}
  expand_list "${value}"
  for number in ${REPLY}; do
    if [[ ${numbers} != *" ${number} "* ]]; then
      fail cpuset-unavailable "${field} 是 ${value}，而本机只有 ${available}"
    fi
  done
}

# check_bytes PARAMETER VALUE：把 REPLY 设为内存大小的字节数；单位以 1024 为进制。
check_bytes() {
  local parameter=$1 value=$2 amount shift
  if [[ ! ${value} =~ ^[0-9]{1,16}([kKmMgGtT]([iI]?[bB])?|[bB])?$ ]]; then
    fail value-type "${parameter} 的值是 '${value}'；应为内存大小，例如 268435456、256m 或 256MiB"
  fi
  amount=${value%%[!0-9]*}
  case ${value:${#amount}:1} in
    k | K) shift=10 ;;
    m | M) shift=20 ;;
    g | G) shift=30 ;;
    t | T) shift=40 ;;
    *) shift=0 ;;
  esac
  amount=$((10#${amount}))
  if ((amount > (9007199254740991 >> shift))); then
    fail value-type "${parameter} 的值是 '${value}'；应为内存大小，例如 268435456、256m 或 256MiB"
  fi
  REPLY=$((amount << shift))
}

# check_integer PARAMETER VALUE：把 REPLY 设为整数的值，去掉前导零。
check_integer() {
  local parameter=$1 value=$2
  if [[ ! ${value} =~ ^-?[0-9]{1,15}$ ]]; then
    fail value-type "${parameter} 的值是 '${value}'；应为最多 15 位的整数"
  fi
  REPLY=$((10#${value#-}))
  if [[ ${value} == -* ]]; then
    REPLY=$((-REPLY))
  fi
}

# check_numbers PARAMETER VALUE：值须为编号和范围的列表，例如 0-2,4。
check_numbers() {
  local parameter=$1 value=$2 part
  local -a parts=()
  if [[ ! ${value} =~ ^[0-9]{1,4}(-[0-9]{1,4})?(,[0-9]{1,4}(-[0-9]{1,4})?)*$ ]]; then
    fail number-list "${parameter} 的值是 '${value}'；应为编号和范围的列表，例如 0-2,4"
  fi
  IFS=, read -r -a parts <<<"${value}"
  for part in "${parts[@]}"; do
    if ((10#${part%-*} > 10#${part#*-})); then
      fail number-list "${parameter} 的值是 '${value}'；应为编号和范围的列表，例如 0-2,4"
    fi
  done
}

# check_path PARAMETER VALUE：检查路径，并把 REPLY 设为它的值。
check_path() {
  local parameter=$1 value=$2
  if [[ ! ${value} =~ ^[^[:cntrl:]]+$ ]]; then
    fail value-type "${parameter} 的值是 '${value}'；应为不含控制字符的路径"
  fi
  REPLY=${value}
}

# check_range PARAMETER VALUE MINIMUM MAXIMUM UNIT：值须在 MINIMUM 到 MAXIMUM 之间。
check_range() {
  local parameter=$1 value=$2 minimum=$3 maximum=$4 unit=${5:+ $5}
  if ((value < minimum || value > maximum)); then
    fail limit-range "${parameter} 的值是 ${value}；应在 ${minimum} 到 ${maximum}${unit} 之间"
  fi
}

# check_text PARAMETER VALUE：把 REPLY 设为文本的值；文本可以是任何内容。
check_text() {
  REPLY=$2
}

# close_descriptors：只保留标准输入、标准输出和标准错误，关闭其他文件描述符。
close_descriptors() {
  local descriptor
  for descriptor in /proc/self/fd/*; do
    descriptor=${descriptor##*/}
    if ((descriptor > 2)); then
      exec {descriptor}>&-
    fi
  done
}

# copy_line FROM TO：把一个文件的第一行写入另一个文件。
copy_line() {
  local line=''
  # --dry-run 可能在另一台主机上运行。
  if [[ -e $1 || -z ${dry_run} ]]; then
    read -r line <"$1"
  fi
  write "${line}" "$2"
}

# expand_list LIST：把 REPLY 设为列表（例如 0-2,4）展开后的编号，每个编号两侧都有空格。
expand_list() {
  local part number last
  local -a parts=()
  IFS=, read -r -a parts <<<"$1"
  REPLY=' '
  for part in "${parts[@]}"; do
    last=$((10#${part#*-}))
    for ((number = 10#${part%-*}; number <= last; number++)); do
      REPLY+="${number} "
    done
  done
}

# fail CODE MESSAGE [STATUS]：说明错误并结束脚本，退出状态默认为 125；已完成的操作由 EXIT trap 撤销。
# 如果已经在撤销，则继续撤销其余的操作。
fail() {
  # 在终端上按 Ctrl+C 也会中断脚本运行的程序，程序随之失败。
  if [[ -n ${interrupted} && -z ${cleaning} ]]; then
    exit "${interrupted}"
  fi
  printf '%s%s: %s[%s]%s%s: %s\n' "${red}" "${script}" '错误' "$1" "${current:+ (${current})}" "${reset}" "${2//[[:cntrl:]]/�}" >&2 || true
  if [[ -n ${cleaning} ]]; then
    return 1
  fi
  exit "${3:-125}"
}

# find_cgroup CONTROLLER...：把 cgroup_version 设为本机限制资源所用层级的版本。混合模式的宿主机
# （有 cgroup v1 控制器，另有一个空的 cgroup v2 层级）算作 v1。
find_cgroup() {
  local controller controllers="$*"
  if [[ -f /sys/fs/cgroup/cgroup.controllers ]]; then
    cgroup_version=2
    return
  fi
  for controller in "$@"; do
    if [[ ! -f /sys/fs/cgroup/${controller}/cgroup.procs ]]; then
      if [[ -n ${dry_run} ]]; then
        cgroup_version=2
        return
      fi
      fail cgroup-missing "/sys/fs/cgroup 下没有 ${controllers} 的 cgroup 层级；请在此处挂载 cgroup v1 控制器或 cgroup v2"
    fi
  done
  cgroup_version=1
}

# find_command COMMAND：容器中没有该命令时以 127 结束，命令不可执行时以 126 结束，并用文字说明原因。
find_command() {
  local command=$1 candidate rest magic status=127
  local -a candidates=()
  if [[ ${command} == */* ]]; then
    candidates=("${command}")
  elif [[ -n ${command} ]]; then
    # PATH 中的空目录表示工作目录。
    rest=${search_path}:
    while [[ -n ${rest} ]]; do
      candidate=${rest%%:*}
      candidates+=("${candidate:-.}/${command}")
      rest=${rest#*:}
    done
  fi
  for candidate in "${candidates[@]}"; do
    if [[ ${candidate} != /* ]]; then
      candidate=${working_directory}/${candidate}
    fi
    resolve_target "${candidate}"
    if [[ -f ${REPLY} && -x ${REPLY} ]]; then
      # 既没有指明解释器、又不是二进制的文件，会被 env 和 unshare 交给 /bin/sh。
      magic=''
      read -r -n 4 magic <"${REPLY}" || true
      if [[ ${magic} == $'\x7fELF' || ${magic} == '#!'* ]]; then
        return
      fi
      status=126
      break
    elif [[ -e ${REPLY} ]]; then
      status=126
    fi
  done
  if ((status == 126)); then
    fail command-not-executable "容器无法执行 ${command}" 126
  else
    fail command-not-found "容器中没有命令 ${command}" 127
  fi
}

# forward NUMBER：把信号转发给容器。pid namespace 的 1 号进程没有为某个信号设置处理函数时，内核会丢弃该信号；
# 这时由启动者做该信号本应做的事，即结束容器。
forward() {
  local number=$1 pid='' state='' line value handled=0
  local -a lines=()
  if [[ -r ${directory}/pid ]]; then
    read -r pid <"${directory}/pid" || true
  fi
  if [[ -z ${pid} || ! -r /proc/${pid}/status ]]; then
    # 还没有容器：撤销已完成的部分。
    exit "$((128 + number))"
  fi
  # 它的根目录仍是宿主机的根时，它还是本脚本的 shell，在变成命令的过程中会丢失信号。
  if [[ ! /proc/${pid}/root -ef / ]]; then
    # 一次全部读入：如果逐行读取，而容器在此期间变成另一个程序，后面的内容就会移位。进程也可能已经结束。
    { mapfile -t lines <"/proc/${pid}/status"; } 2>/dev/null || true
    for line in "${lines[@]}"; do
      value=${line#*$'\t'}
      case ${line} in
        State:*) state=${value} ;;
        SigBlk:* | SigIgn:* | SigCgt:*) handled=$((handled | 16#${value})) ;;
        *) ;;
      esac
    done
  fi
  if [[ ${state} == Z* ]]; then
    # 它已自行结束，以它自己的退出状态为准。
    return
  fi
  if ((handled >> (number - 1) & 1)); then
    # 在终端上键入的信号（SIGINT、SIGQUIT）已经送达容器。
    if [[ ! -t 0 || (${number} != 2 && ${number} != 3) ]]; then
      kill -s "${number}" "${pid}" 2>/dev/null || true
    fi
  else
    killed_by=${number}
    kill -s KILL "${pid}" 2>/dev/null || true
  fi
}

# guard：用于容器内尚未变成命令的 shell。pid namespace 的 1 号进程只有设置了处理函数，才会被信号结束。
guard() {
  trap 'unfinished "$?"' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 131' QUIT
  trap 'exit 143' TERM
  trap : PIPE
}

# lock：从此刻起，本机的其他容器不能登记名称和地址，也不能修改共用的资源。
lock() {
  if [[ -n ${dry_run} || -n ${lock_descriptor} || ! -d /run/cooper ]]; then
    return
  fi
  if ! { exec {lock_descriptor}>/run/cooper/lock; } 2>&-; then
    unrecorded "$(printf '' 2>&1 >/run/cooper/lock)"
    return
  fi
  run flock "${lock_descriptor}"
}

# log MESSAGE：在标准错误输出中说明正在做什么；没有人读取也不算失败。
log() {
  local clock
  if [[ -z ${quiet} ]]; then
    printf -v clock '%(%H:%M:%S)T' -1
    printf '%s[%s]%s %s\n' "${green}" "${clock}" "${reset}" "$1" >&2 || true
  fi
}

# mount_point KIND PATH：把 REPLY 设为挂载点（directory 或 file）在宿主机上的位置；
# rootfs 中没有时，创建一个空的。
mount_point() {
  local kind=$1 path=$2
  resolve_target "${path}"
  if [[ ! -e ${REPLY} ]]; then
    if [[ ${kind} == directory ]]; then
      run mkdir -p -- "${REPLY}"
    else
      run mkdir -p -- "${REPLY%/*}"
      write '' "${REPLY}"
    fi
  elif [[ ${kind} == directory && ! -d ${REPLY} || ${kind} == file && -d ${REPLY} ]]; then
    fail mount-target-kind "挂载目标 ${path} 的类型不符，应为 ${kind}"
  fi
}

# need COMMAND PACKAGE：缺少该命令时，记下它和提供它的 Debian 软件包。
need() {
  if ! hash -- "$1" 2>/dev/null; then
    missing_tools+=("$1")
    if [[ " ${missing_packages[*]} " != *" $2 "* ]]; then
      missing_packages+=("$2")
    fi
  fi
}

# reap PID：等待本 shell 启动的进程结束，并把 REPLY 设为它的退出状态。
# 只用来中断等待的信号，其 trap 会设置 $received。
reap() {
  local pid=$1 received=1
  while [[ -n ${received} ]]; do
    received=''
    wait "${pid}" || true
  done
  # 被中断的 wait 有自己的退出状态；进程的退出状态会保留下来。
  REPLY=0
  wait "${pid}" || REPLY=$?
}

# reason_of ERROR：从程序或 shell 的报错中取出失败的原因，存入 REPLY。
reason_of() {
  REPLY=${1##*: }
  REPLY=${REPLY,}
}

# record COMMAND ARGUMENT...：与 run 相同，用于记录容器的目录。
record() {
  local reason
  if [[ -n ${dry_run} ]]; then
    run "$@"
  elif ! reason=$(exec "$@" 2>&1); then
    unrecorded "${reason}"
  fi
}

# relay COMMAND ARGUMENT...：启动容器的 1 号进程并等待它结束；shell 能正确区分进程的各种结束方式。
# 脚本死亡时，内核向它发送 SIGTERM，它随即杀死容器：如果为容器自身设置这个信号，容器一切换用户就失效了。
relay() {
  local child='' orphaned='' nowhere
  if [[ -n ${dry_run} ]]; then
    container "$@"
    return
  fi
  # 用于丢弃 shell 关于进程被杀死的提示。本 shell 的根目录与容器的一同切换，
  # 到那时同一路径可能不存在，也可能是任何东西。
  exec {nowhere}>/dev/null
  trap 'received=1' HUP INT QUIT
  trap 'orphaned=1; if [[ -n ${child} ]]; then kill -s KILL "${child}" 2>&"${nowhere}"; fi' TERM
  container "$@" <&0 {nowhere}>&- &
  child=$!
  exec 2>&"${nowhere}"
  if [[ -n ${orphaned} ]]; then
    kill -s KILL "${child}"
  fi
  reap "${child}"
  exit "${REPLY}"
}

# resolve_target PATH：把 REPLY 设为容器中的路径在宿主机上的位置。符号链接按容器所见解析，
# 因此不会通向 rootfs 之外。
resolve_target() {
  local target=$1 rest=$1 path='' part link links=0
  while [[ -n ${rest} ]]; do
    part=${rest%%/*}
    if [[ ${rest} == */* ]]; then
      rest=${rest#*/}
    else
      rest=''
    fi
    if [[ ${part} == .. ]]; then
      path=${path%/*}
    elif [[ -n ${part} && ${part} != . ]]; then
      if [[ -L ${root}${path}/${part} ]]; then
        links=$((links + 1))
        if ((links > 40)); then
          fail links-too-many "${target} 的符号链接层数过多"
        fi
        link=$(readlink -- "${root}${path}/${part}")
        if [[ ${link} == /* ]]; then
          path=''
        fi
        rest=${link}/${rest}
      else
        path+=/${part}
      fi
    fi
  done
  REPLY=${root}${path}
}

# run COMMAND ARGUMENT...：凡有副作用的命令都经由它执行；--dry-run 时只打印。
run() {
  if [[ -n ${dry_run} ]]; then
    printf '%q' "$1"
    if (($# > 1)); then
      printf ' %q' "${@:2}"
    fi
    printf '\n'
    return
  fi
  local status=0 command="$*"
  "$@" || status=$?
  if ((status != 0)); then
    fail command-failed "命令失败，退出状态 ${status}：${command}"
  fi
}

# start_time PID：把 REPLY 设为进程的启动时间，即开机以来的时钟滴答数（proc(5) 中 stat 的第 22 个字段）；
# 没有则设为空。PID 会重复使用，与启动时间合在一起，才能唯一标识一个进程。
start_time() {
  local statistics=''
  local -a fields=()
  REPLY=''
  if [[ -r /proc/$1/stat ]]; then
    # 进程可能在此期间结束，那就什么也读不到。
    { read -r -d '' statistics </proc/"$1"/stat; } 2>/dev/null || true
    # 第二个字段是括号中的命令名，其中可以有任何字符。
    read -r -a fields <<<"${statistics##*) }"
    REPLY=${fields[19]:-}
  fi
}

# unfinished STATUS：容器内的 EXIT trap。在这里结束的 shell 没有变成命令。
unfinished() {
  local status=$1
  trap - EXIT
  if ((status < 125)); then
    printf '%s: %s\n' "${script}" "步骤 ${current} 失败；已完成的操作全部撤销" >&2 || true
    status=125
  fi
  exit "${status}"
}

# unlock：关闭文件描述符即释放锁。
unlock() {
  if [[ -n ${lock_descriptor} ]]; then
    exec {lock_descriptor}>&-
    lock_descriptor=''
  fi
}

# unrecorded ERROR：无法记录容器，因此结束脚本。
unrecorded() {
  reason_of "$1"
  fail run-directory-unwritable "无法写入记录容器的目录 /run/cooper：${REPLY}；请以可写方式挂载它，或释放空间（df、df -i）；root 以外的用户也可以把 XDG_RUNTIME_DIR 设为自己的另一个目录"
}

# write VALUE FILE：写文件一律经由它，其中多数是 /proc 和 /sys 下的文件。
write() {
  if [[ -n ${dry_run} ]]; then
    printf 'printf %%s\\\\n %q > %q\n' "$1" "$2"
    return
  fi
  local value=$1 file=$2
  # shell 给出的原因前面带有它自己的名称和行号：为了只取原因，让写入再失败一次。
  if ! printf '%s\n' "${value}" 2>&- >"${file}"; then
    reason_of "$(printf '%s\n' "${value}" 2>&1 >"${file}")"
    fail write-failed "无法把 ${value} 写入 ${file}：${REPLY}；若空间不足，请释放空间（df、df -i）；若内核拒绝该值，请修改相应设置"
  fi
}

# ── 登记：占用名称和地址，确保无人重复 ──

# 登记容器名称 io-container
#
# 创建以容器命名的目录。目录已存在时 mkdir 会失败，因此同名的两个容器只有一个能启动。目录中的记录
# 写明由哪个进程运行容器；进程已不在的记录会被清理。
step_name() {
  local pid
  if [[ ! -d /run/cooper/containers || ! -d /run/cooper/made ]]; then
    record mkdir -p -- /run/cooper/containers /run/cooper/made
  fi
  lock
  if [[ -d ${directory} ]]; then
    alive "${directory}"
    pid=${REPLY}
    if [[ -n ${pid} ]]; then
      fail name-in-use "名为 io-container 的容器正在运行（进程 ${pid}）；请换一个名称，或先结束它"
    fi
    stale=1
  fi
  if [[ -n ${stale} ]]; then
    log '清理已死亡的同名容器 io-container 的残留'
    run rm -rf -- "${directory}"
  fi
  record mkdir -- "${directory}"
  undo_stack+=(name)
  start_time "$$"
  write "$$ ${REPLY}" "${directory}/launcher"
}

undo_name() {
  trash+=("${directory}")
}

# ── 网络：网桥、NAT 和 veth pair ──

# 创建 network namespace io-container
#
# 创建一个空的网络栈，固定在 /run/netns 下。它先于容器存在，因此可以从宿主机配置，容器无需反过来操
# 作宿主机。
step_network_namespace() {
  local mounts=''
  if [[ -e /run/netns/io-container ]]; then
    if [[ -z ${stale} ]]; then
      fail netns-in-use '名为 io-container 的 network namespace 已存在，且不是同名容器创建的；请换一个名称，或删除它：ip netns delete io-container'
    fi
    run ip netns delete io-container
  fi
  write '' "${directory}/netns"
  # ip 第一次使用 /run/netns 时，会把它变成挂载点。
  read -r -d '' mounts </proc/self/mountinfo || true
  if [[ ${mounts} != *' /run/netns '* ]]; then
    write '' /run/cooper/made/netns
  fi
  undo_stack+=(network_namespace)
  run ip netns add io-container
}

undo_network_namespace() {
  local mounts=''
  if [[ -e /run/netns/io-container || -n ${dry_run} ]]; then
    run ip netns delete io-container
  fi
  if [[ -e /run/cooper/made/netns ]] && ! compgen -G '/run/netns/*' >/dev/null; then
    # 留下标记的一方可能还没来得及挂载，也可能在卸载之后被杀死。
    read -r -d '' mounts </proc/self/mountinfo || true
    if [[ ${mounts} == *' /run/netns '* ]]; then
      run umount /run/netns
    fi
    if [[ -d /run/netns ]]; then
      run rmdir /run/netns
    fi
    trash+=(/run/cooper/made/netns)
  fi
}

# 启用回环接口
#
# 在 network namespace 中启用回环接口；除此之外没有其他接口。
step_interfaces() {
  run ip -n io-container link set dev lo up
}

# ── 资源限制：cgroup ──

# 创建 cgroup container-io-container
#
# 创建 cgroup：一个目录，其中的文件限制组内的进程。cgroup v1 每个控制器（cpu、memory、pids）一个层
# 级，v2 只有一个统一的层级，且 cgroup 只有上级启用的控制器。
step_cgroup() {
  if ((cgroup_version == 2)); then
    cgroup_v2
  else
    cgroup_v1
  fi
}

cgroup_v1() {
  local group
  cgroups+=(/sys/fs/cgroup/pids/container-io-container)
  cgroups+=(/sys/fs/cgroup/cpuset/container-io-container)
  cgroups+=(/sys/fs/cgroup/blkio/container-io-container)
  for group in "${cgroups[@]}"; do
    if [[ -d ${group} && -z ${stale} ]]; then
      fail cgroup-in-use "cgroup ${group} 已存在，且不是同名容器创建的；请换一个名称，或删除它：rmdir ${group}"
    fi
  done
  write '' "${directory}/cgroup"
  run mkdir -p -- "${cgroups[@]}"
  undo_stack+=(cgroup)
}

cgroup_v2() {
  local group=/sys/fs/cgroup/container-io-container available enabled='' controller
  local -a controllers=(pids cpuset io)
  if [[ -n ${dry_run} && ! -e /sys/fs/cgroup/cgroup.controllers ]]; then
    available=${controllers[*]}
  else
    read -r available </sys/fs/cgroup/cgroup.controllers
    read -r enabled </sys/fs/cgroup/cgroup.subtree_control || true
  fi
  for controller in "${controllers[@]}"; do
    if [[ " ${available} " != *" ${controller} "* ]]; then
      fail cgroup-controller "本机没有 cgroup 控制器 ${controller}（可用：${available}）"
    fi
    if [[ " ${enabled} " != *" ${controller} "* ]]; then
      write "+${controller}" /sys/fs/cgroup/cgroup.subtree_control
    fi
  done
  if [[ -d ${group} && -z ${stale} ]]; then
    fail cgroup-in-use "cgroup ${group} 已存在，且不是同名容器创建的；请换一个名称，或删除它：rmdir ${group}"
  fi
  cgroups=("${group}")
  write '' "${directory}/cgroup"
  run mkdir -p -- "${group}"
  undo_stack+=(cgroup)
}

undo_cgroup() {
  local group pid attempt
  for group in "${cgroups[@]}"; do
    # 容器留下的仍在运行的进程；有 pid namespace 时，内核已经结束了它们。
    if [[ -r ${group}/cgroup.procs ]]; then
      while read -r pid; do
        kill -s KILL "${pid}" 2>/dev/null || true
      done <"${group}/cgroup.procs"
    fi
  done
  if [[ -n ${dry_run} ]]; then
    run rmdir -- "${cgroups[@]}"
    return
  fi
  # 内核把已死亡的进程移出 cgroup 需要一点时间。
  for ((attempt = 0; attempt < 100; attempt++)); do
    if rmdir -- "${cgroups[@]}" 2>/dev/null; then
      return
    fi
    sleep 0.02
  done
  run rmdir -- "${cgroups[@]}"
}

# 限制进程数
#
# 整个组同时最多有这么多进程和线程（pids.max）；超出后 fork 返回 EAGAIN。
step_limit_pids() {
  if ((cgroup_version == 2)); then
    write "${PIDS_LIMIT}" /sys/fs/cgroup/container-io-container/pids.max
  else
    write "${PIDS_LIMIT}" /sys/fs/cgroup/pids/container-io-container/pids.max
  fi
}

# 限定可用的 CPU
#
# 组内的进程只在这些 CPU 上运行，只从这些内存节点分配内存（cpuset.cpus、cpuset.mems）。在 cgroup
# v1 中两者都写好之后进程才能加入，所以不限制的一项从上级复制。
preflight_cpuset() {
  if ((cgroup_version == 2)); then
    check_available resources.cpuset.cpus "${CPUS}" /sys/fs/cgroup/cpuset.cpus.effective
  else
    check_available resources.cpuset.cpus "${CPUS}" /sys/fs/cgroup/cpuset/cpuset.cpus
  fi
}

step_cpuset() {
  if ((cgroup_version == 2)); then
    write "${CPUS}" /sys/fs/cgroup/container-io-container/cpuset.cpus
    return
  fi
  write "${CPUS}" /sys/fs/cgroup/cpuset/container-io-container/cpuset.cpus
  copy_line /sys/fs/cgroup/cpuset/cpuset.mems /sys/fs/cgroup/cpuset/container-io-container/cpuset.mems
}

# 限制磁盘 I/O 速率
#
# 整个组对每个设备每秒最多读写这么多；内核用设备号标识设备（v1 的 blkio.throttle.*，v2 的
# io.max）。超出的请求要等待。v1 只限制读取和绕过页缓存的直接写入；v2 也限制稍后的回写，前提是文件
# 系统能说明数据属于谁。
preflight_block_io() {
  block_device 'resources.blockIO.throttleReadBpsDevice[0]' "${DEVICE}"
  block_device 'resources.blockIO.throttleWriteBpsDevice[0]' "${DEVICE}"
}

step_block_io() {
  if ((cgroup_version == 2)); then
    block_device 'resources.blockIO.throttleReadBpsDevice[0]' "${DEVICE}"
    write "${REPLY} rbps=${IO_LIMIT}" /sys/fs/cgroup/container-io-container/io.max
    block_device 'resources.blockIO.throttleWriteBpsDevice[0]' "${DEVICE}"
    write "${REPLY} wbps=${IO_LIMIT}" /sys/fs/cgroup/container-io-container/io.max
  else
    block_device 'resources.blockIO.throttleReadBpsDevice[0]' "${DEVICE}"
    write "${REPLY} ${IO_LIMIT}" /sys/fs/cgroup/blkio/container-io-container/blkio.throttle.read_bps_device
    block_device 'resources.blockIO.throttleWriteBpsDevice[0]' "${DEVICE}"
    write "${REPLY} ${IO_LIMIT}" /sys/fs/cgroup/blkio/container-io-container/blkio.throttle.write_bps_device
  fi
}

# ── 启动：创建 namespace ──

# 启动拥有独立 pid、mount、uts、ipc、network namespace 的进程
#
# 启动一个进程，它有自己的进程表、挂载点、主机名、IPC 对象、网络栈。新的 pid namespace 从下一个子
# 进程开始生效，所以需要 fork。挂载传播设为 private，容器内的挂载不会出现在宿主机上。启动者死亡
# 时，容器会被杀死。
step_start() {
  local -a launcher=(setpriv --pdeathsig TERM --)
  launcher+=(nsenter --net=/run/netns/io-container --)
  launcher+=(unshare --mount --pid --uts --ipc --propagation private --)
  export LC_ALL=C cgroup_version cleaning current directory dry_run green host_root interrupted new_root quiet red reset root script
  export -f begin close_descriptors container fail find_command guard inside leave_pivot_root log mount_point reap reason_of relay resolve_target run step_cgroup_join step_exec step_hostname step_mount_proc step_mount_sys step_mount_tmp step_pivot_root step_root_mount unfinished write
  undo_stack+=(start)
  unlock
  # 根目录切换之后，经由它使用宿主机的工具；命令启动之前关闭。
  exec {host_root}</
  export host_root
  if [[ -n ${dry_run} ]]; then
    run "${launcher[@]}" bash --norc -c 'relay "$@"' bash "$@"
    return
  fi
  # 在后台运行，因此运行期间也能处理信号；标准输入仍归容器使用。
  (exec "${launcher[@]}" bash --norc -c 'relay "$@"' bash "$@") <&0 &
  launched=$!
  exec {host_root}<&-
}

undo_start() {
  if [[ -n ${launched} ]]; then
    # 它还只是本 shell 的副本时，不响应这个信号，所以反复发送。
    while kill -s TERM "${launched}" 2>/dev/null; do
      sleep 0.01
    done
  fi
}

# ── 容器内部：文件系统和根目录 ──

# 加入 cgroup container-io-container
#
# 向 cgroup.procs（v2）或 tasks（v1，按线程）写入 0，即写入者自己；它的子进程会继承所在的 cgroup。
step_cgroup_join() {
  if ((cgroup_version == 2)); then
    write 0 /sys/fs/cgroup/container-io-container/cgroup.procs
    return
  fi
  # tasks 移动一个线程，而本 shell 也只有一个线程；cgroup.procs 会阻塞宿主机上的每个 fork。
  write 0 /sys/fs/cgroup/pids/container-io-container/tasks
  write 0 /sys/fs/cgroup/cpuset/container-io-container/tasks
  write 0 /sys/fs/cgroup/blkio/container-io-container/tasks
}

# 设置主机名 io-container
#
# 设置容器 UTS namespace 的主机名。写 /proc/sys/kernel/hostname 与 hostname(1) 效果相同，且不需要
# 额外的进程。
step_hostname() {
  write io-container /proc/sys/kernel/hostname
}

# 把 /tmp/alpine-rootfs 变成挂载点
#
# 把目录 bind mount 到自身。pivot_root 交换的是挂载而不是目录，所以新的根必须是挂载点。
step_root_mount() {
  run mount --rbind -- "${root}" "${root}"
}

# 把 proc 挂载到 /proc
#
# proc 显示的是挂载者所在 pid namespace 的进程，所以要在容器内挂载。
step_mount_proc() {
  mount_point directory /proc
  run mount --types proc --options nosuid,nodev,noexec -- proc "${REPLY}"
}

# 把 sysfs 挂载到 /sys
#
# 显示设备和内核设置；其中网络部分属于挂载者所在的 network namespace。
step_mount_sys() {
  mount_point directory /sys
  run mount --types sysfs --options nosuid,nodev,noexec -- sysfs "${REPLY}"
}

# 把 tmpfs 挂载到 /tmp
#
# 内存中的空文件系统，随容器消失，占用计入容器的内存限制。
step_mount_tmp() {
  mount_point directory /tmp
  run mount --types tmpfs --options nosuid,nodev,mode=1777 -- tmpfs "${REPLY}"
}

# 把 /tmp/alpine-rootfs 设为根，并卸载宿主机的文件系统
#
# 完全切换根文件系统：pivot_root 让新的根挂载取代旧的根，旧的叠在上面，再用 umount -l 卸载。此后容
# 器的 mount namespace 中不再有宿主机的文件，爬也无处可去，因此更安全。
# rootfs 中不需要任何工具：从这里起，运行工具的 shell 以宿主机的根为根；
# 这个根是在本 mount namespace 之外打开的，不受 pivot_root 和 umount 影响。
leave_pivot_root() {
  if [[ -z ${dry_run} ]]; then
    exec {new_root}<"${root}"
    export new_root
  fi
  run exec chroot "/proc/self/fd/${host_root}" bash --norc -c 'inside "$@"' bash "$@"
}

step_pivot_root() {
  if [[ -z ${dry_run} ]]; then
    cd -P "/proc/self/fd/${new_root}"
  fi
  # nsenter 让 pivot_root 交换本 mount namespace 的根；之后旧的根叠在新的根上面。
  run nsenter --mount=/proc/self/ns/mnt --wd=. pivot_root . .
  run umount --no-canonicalize --lazy .
  root=.
}

# ── 运行命令 ──

# 执行命令，成为容器的 1 号进程
#
# 清空环境变量，进入新的根和工作目录，切换用户和组，然后就地执行命令：它就是容器的 1 号进程。
step_exec() {
  local search_path=/bin:/usr/bin working_directory=/
  resolve_target "${working_directory}"
  if [[ ! -d ${REPLY} && -z ${dry_run} ]]; then
    fail cwd-missing "容器中没有工作目录 ${working_directory}"
  fi
  if [[ -z ${dry_run} ]]; then
    find_command "$1"
    # 启动者可能留下了其他打开的文件描述符，不应传给命令。
    close_descriptors
  fi
  hash env unshare
  # 不带 namespace 选项时，unshare 只切换根目录、工作目录和 ID，在同一个进程中完成。
  run exec env -i PATH=/bin:/usr/bin \
    "${BASH_CMDS[unshare]}" "--root=${root}" --wd=/ --setgid=0 --setuid=0 -- "$@"
}

# ── 执行顺序 ──

# container 命令 参数...：容器的 1 号进程，最后变成要运行的命令。
container() {
  set -euo pipefail
  local pid
  if [[ -z ${dry_run} ]]; then
    guard
    # 此时 /proc 还是宿主机的，从中读到的是本 shell 在宿主机上的进程号。
    read -r pid _ </proc/self/stat
    write "${pid}" "${directory}/pid"
  fi
  begin cgroup_join '加入 cgroup container-io-container'
  step_cgroup_join
  begin hostname '设置主机名 io-container'
  step_hostname
  begin root_mount '把 /tmp/alpine-rootfs 变成挂载点'
  step_root_mount
  begin mount_proc '把 proc 挂载到 /proc'
  step_mount_proc
  begin mount_sys '把 sysfs 挂载到 /sys'
  step_mount_sys
  begin mount_tmp '把 tmpfs 挂载到 /tmp'
  step_mount_tmp
  begin pivot_root '把 /tmp/alpine-rootfs 设为根，并卸载宿主机的文件系统'
  leave_pivot_root "$@"
  if [[ -n ${dry_run} ]]; then
    inside "$@"
  fi
}

# inside 命令 参数...：其余步骤，在切换根目录的 shell 中执行。
inside() {
  set -euo pipefail
  if [[ -z ${dry_run} ]]; then
    guard
  fi
  step_pivot_root
  begin exec '执行命令，成为容器的 1 号进程'
  step_exec "$@"
  if [[ -z ${dry_run} ]]; then
    unfinished 0
  fi
}

usage() {
  local -a lines=(
    "用法: ${script} [选项] [DEVICE [IO_LIMIT [PIDS_LIMIT [CPUS]]]] [-- 命令 [参数…]]"
    ''
    '运行一个隔离的进程：不依赖容器引擎，手动构建的容器。'
    ''
    '参数（按此顺序作为命令行参数，或使用同名环境变量）：'
    '  DEVICE            disk to throttle；默认：/dev/sda'
    '  IO_LIMIT          bytes read or written per second；默认：100MiB'
    '  PIDS_LIMIT        processes and threads；默认：100'
    '  CPUS              CPUs to run on, such as 0-2,4；默认：0'
    ''
    '选项：'
    '  -- COMMAND ARG…   运行这个命令，代替 /bin/sh'
    '  --dry-run         只打印命令而不执行；不需要 root 权限'
    '  -q, --quiet       不输出各个步骤'
    '  --version         打印脚本版本'
    '  -h, --help        打印本帮助'
    ''
    '退出状态：命令自身的退出状态；被信号 n 终止时为 128+n；找不到命令为 127；命令不可执行为 126；容器构建失败为 125。'
  )
  printf '%s\n' "${lines[@]}"
}

parse_arguments() {
  local option count
  local -a positional=()
  while (($# > 0)); do
    case $1 in
      -h | --help)
        usage
        exit 0
        ;;
      --version)
        printf '%s\n' 'cooper 0.1.0, sha256 fec1fcc858465c3b29679c58f1be394751d8087c5a13c1a53be59233a70a0c7d'
        exit 0
        ;;
      --dry-run) dry_run=1 ;;
      -q | --quiet) quiet=1 ;;
      --)
        shift
        if (($# == 0)); then
          fail command-empty '-- 之后没有命令'
        fi
        command_line=("$@")
        break
        ;;
      -?*)
        option=$1
        fail option-unknown "没有选项 ${option}；请看 --help"
        ;;
      *) positional+=("$1") ;;
    esac
    shift
  done
  count=${#positional[@]}
  if ((count > 4)); then
    fail arguments-too-many "参数过多：给出了 ${count} 个，最多 4 个；命令请写在 -- 之后"
  fi

  DEVICE=${positional[0]:-${DEVICE:-}}
  if [[ -z "${DEVICE}" ]]; then
    DEVICE=/dev/sda
  fi
  check_path DEVICE "${DEVICE}"
  DEVICE=${REPLY}

  IO_LIMIT=${positional[1]:-${IO_LIMIT:-}}
  if [[ -z "${IO_LIMIT}" ]]; then
    IO_LIMIT=104857600
  fi
  check_bytes IO_LIMIT "${IO_LIMIT}"
  IO_LIMIT=${REPLY}

  PIDS_LIMIT=${positional[2]:-${PIDS_LIMIT:-}}
  if [[ -z "${PIDS_LIMIT}" ]]; then
    PIDS_LIMIT=100
  fi
  check_integer PIDS_LIMIT "${PIDS_LIMIT}"
  PIDS_LIMIT=${REPLY}

  CPUS=${positional[3]:-${CPUS:-}}
  if [[ -z "${CPUS}" ]]; then
    CPUS=0
  fi
  check_text CPUS "${CPUS}"
  CPUS=${REPLY}
  check_range resources.pids.limit "${PIDS_LIMIT}" 2 4194304 PIDs
  check_numbers resources.cpuset.cpus "${CPUS}"
  check_absolute 'resources.blockIO.throttleReadBpsDevice[0].path' "${DEVICE}"
  check_range 'resources.blockIO.throttleReadBpsDevice[0].rate' "${IO_LIMIT}" 1 9007199254740991 bytes/s
  check_absolute 'resources.blockIO.throttleWriteBpsDevice[0].path' "${DEVICE}"
  check_range 'resources.blockIO.throttleWriteBpsDevice[0].rate' "${IO_LIMIT}" 1 9007199254740991 bytes/s
}

preflight() {
  local -a missing_tools=() missing_packages=()
  local tools packages
  local self=$0
  if [[ -z ${dry_run} ]]; then
    if ((EUID != 0)); then
      fail not-root "只有 root 才能执行，原因：network, resources, namespaces；请用：sudo ${self}"
    fi
    need chroot coreutils
    need env coreutils
    need flock util-linux
    need ip iproute2
    need mkdir coreutils
    need mount mount
    need nsenter util-linux
    need pivot_root util-linux
    need readlink coreutils
    need rm coreutils
    need rmdir coreutils
    need setpriv util-linux
    need sleep coreutils
    need stat coreutils
    need umount mount
    need unshare util-linux
    if ((${#missing_tools[@]} > 0)); then
      tools=${missing_tools[*]}
      packages=${missing_packages[*]}
      fail tool-missing "缺少命令：${tools}；请安装：apt-get install ${packages}"
    fi
  fi
  root=/tmp/alpine-rootfs
  if [[ -d ${root} ]]; then
    cd -P -- "${root}"
    root=${PWD}
    cd /
  elif [[ -z ${dry_run} ]]; then
    fail rootfs-missing "rootfs 不存在：${root} 不是目录；请在此处创建，或用参数指定其他目录"
  fi
  if [[ ${root} -ef / ]]; then
    fail rootfs-is-host "rootfs ${root} 是宿主机的根目录；请指定其他目录"
  fi
  find_cgroup pids cpuset blkio
  preflight_cpuset
  preflight_block_io
}

# 等待容器结束；收到的信号转发给容器。
supervise() {
  # 由各个 trap 直接转发信号：恰在开始等待之前到达的信号不会中断等待。
  trap 'received=1; forward 1' HUP
  trap 'received=1; forward 2' INT
  trap 'received=1; forward 3' QUIT
  trap 'received=1; forward 15' TERM
  if [[ -n ${interrupted} ]]; then
    forward "$((interrupted - 128))"
  fi
  await "${launched}"
  launched='' status=${REPLY}
  if [[ -n ${killed_by} ]]; then
    status=$((128 + killed_by))
  elif [[ ! -e ${directory}/pid ]]; then
    # 容器做的第一件事就是写这个文件；没有它，说明容器从未启动。
    if ((status > 0 && status < 125)); then
      fail command-failed "命令失败，退出状态 ${status}：setpriv, unshare"
    fi
    return
  fi
  current=''
  log "容器 io-container 已停止（退出状态 ${status}）"
}

# EXIT trap：撤销已完成的每个步骤，后做的先撤销。
cleanup() {
  local status=$1 index
  trap - EXIT
  trap '' HUP INT QUIT TERM
  set +e
  cleaning=1
  if [[ -n ${current} && -z ${dry_run} ]] && ((status < 125)); then
    printf '%s: %s\n' "${script}" "步骤 ${current} 失败；已完成的操作全部撤销" >&2
    status=125
  fi
  if ((${#undo_stack[@]} > 0)); then
    lock
  fi
  for ((index = ${#undo_stack[@]} - 1; index >= 0; index--)); do
    case ${undo_stack[index]} in
      name) undo_name ;;
      network_namespace) undo_network_namespace ;;
      cgroup) undo_cgroup ;;
      start) undo_start ;;
      *) ;;
    esac
  done
  if ((${#trash[@]} > 0)); then
    run rm -rf -- "${trash[@]}"
  fi
  unlock
  exit "${status}"
}

main() {
  local status=0
  local -a command_line=()
  if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 404)); then
    fail bash-version "bash ${BASH_VERSION} 版本过低，需要 bash 4.4 或更新版本"
  fi
  # 处理 bash 自行结束脚本的情况，例如除以零。
  trap '(($? == 0 || $? >= 125)) || exit 125' EXIT
  parse_arguments "$@"
  if ((${#command_line[@]} == 0)); then
    command_line=(/bin/sh)
  fi
  preflight
  directory=/run/cooper/containers/io-container

  # 子进程在变成另一个程序之前被信号结束时，也会执行到这里，但没有什么需要它撤销。
  trap 'case ${BASHPID} in "$$") cleanup "$?" ;; *) ;; esac' EXIT
  # 每个步骤要么做完，要么不做：执行期间收到的信号，到下一个步骤之前才处理（见 begin）。
  trap 'interrupted=129' HUP
  trap 'interrupted=130' INT
  trap 'interrupted=131' QUIT
  trap 'interrupted=143' TERM
  if [[ -z ${dry_run} ]]; then
    # 读取消息的一方可能已经退出，脚本不能因此在撤销的中途结束。
    trap : PIPE
  fi

  log '启动容器：io-container'
  log "rootfs：${root}"

  # 登记：占用名称和地址，确保无人重复
  begin name '登记容器名称 io-container'
  step_name

  # 网络：网桥、NAT 和 veth pair
  begin network_namespace '创建 network namespace io-container'
  step_network_namespace
  begin interfaces '启用回环接口'
  step_interfaces

  # 资源限制：cgroup
  begin cgroup '创建 cgroup container-io-container'
  step_cgroup
  begin limit_pids '限制进程数'
  step_limit_pids
  begin cpuset '限定可用的 CPU'
  step_cpuset
  begin block_io '限制磁盘 I/O 速率'
  step_block_io

  # 启动：创建 namespace
  begin start '启动拥有独立 pid、mount、uts、ipc、network namespace 的进程'
  step_start "${command_line[@]}"

  if [[ -z ${dry_run} ]]; then
    supervise
  else
    relay "${command_line[@]}"
    current=''
  fi
  cleanup "${status}"
}

# 生成此脚本的配置：
# {
#   "parameters": {
#     "DEVICE": {
#       "type": "path",
#       "default": "/dev/sda",
#       "help": "disk to throttle"
#     },
#     "IO_LIMIT": {
#       "type": "bytes",
#       "default": 104857600,
#       "help": "bytes read or written per second"
#     },
#     "PIDS_LIMIT": {
#       "type": "integer",
#       "default": 100,
#       "help": "processes and threads"
#     },
#     "CPUS": {
#       "type": "text",
#       "default": "0",
#       "help": "CPUs to run on, such as 0-2,4"
#     }
#   },
#   "name": "io-container",
#   "hostname": "io-container",
#   "root": {
#     "path": "/tmp/alpine-rootfs",
#     "readonly": false,
#     "switch": "pivot_root"
#   },
#   "process": {
#     "args": [
#       "/bin/sh"
#     ],
#     "env": {
#       "PATH": "/bin:/usr/bin"
#     },
#     "cwd": "/",
#     "user": {
#       "uid": 0,
#       "gid": 0,
#       "additionalGids": [],
#       "umask": 18
#     },
#     "capabilities": {
#       "add": [],
#       "drop": []
#     },
#     "noNewPrivileges": false,
#     "rlimits": []
#   },
#   "privileged": true,
#   "namespaces": [
#     "pid",
#     "mount",
#     "uts",
#     "ipc",
#     "network"
#   ],
#   "mounts": [
#     {
#       "destination": "/proc",
#       "type": "proc",
#       "options": []
#     },
#     {
#       "destination": "/sys",
#       "type": "sysfs",
#       "options": []
#     },
#     {
#       "destination": "/tmp",
#       "type": "tmpfs",
#       "options": []
#     }
#   ],
#   "files": [],
#   "resources": {
#     "pids": {
#       "limit": {
#         "$param": "PIDS_LIMIT"
#       }
#     },
#     "cpuset": {
#       "cpus": {
#         "$param": "CPUS"
#       }
#     },
#     "blockIO": {
#       "throttleReadBpsDevice": [
#         {
#           "path": {
#             "$param": "DEVICE"
#           },
#           "rate": {
#             "$param": "IO_LIMIT"
#           }
#         }
#       ],
#       "throttleWriteBpsDevice": [
#         {
#           "path": {
#             "$param": "DEVICE"
#           },
#           "rate": {
#             "$param": "IO_LIMIT"
#           }
#         }
#       ],
#       "throttleReadIOPSDevice": [],
#       "throttleWriteIOPSDevice": []
#     }
#   },
#   "cgroup": {
#     "version": "auto"
#   },
#   "network": {
#     "mode": "none",
#     "bridge": "container-br0",
#     "subnet": "10.200.1.0/24",
#     "dns": [],
#     "peers": [],
#     "publish": []
#   },
#   "extraHosts": {},
#   "banner": false
# }

main "$@"
