#!/usr/bin/env bash
#
# simulated-host.sh GROUP KEEP: a host to test on, until standard input ends.
#
# It has its own processes, mounts, interfaces, host name and IPC objects, an empty /run and /tmp, and its own
# view of cgroups: each hierarchy's root in there is the group GROUP of this machine, which is removed at the
# end. KEEP is a directory that stays visible even when it lies below /tmp or /run. Prints "ready".

set -euo pipefail
shopt -s nullglob
group=$1 keep=$2

# The controllers that containers are limited with; a cgroup v1 hierarchy without any of these is not shown, unless
# MORE_CONTROLLERS in the environment names one of its own, with spaces in between.
limiting=(cpu memory pids cpuset blkio)
read -r -a controllers <<<"${limiting[*]} ${MORE_CONTROLLERS:-}"

# hierarchies: prints "MOUNT-POINT CONTROLLER,..." for every cgroup v1 hierarchy that is of use, or "MOUNT-POINT"
# when this machine has cgroup v2 only.
hierarchies() {
  local line controller unified=''
  local -a mount after used
  local found=''
  while read -r line; do
    read -r -a mount <<<"${line%% - *}"
    read -r -a after <<<"${line#* - }"
    case ${after[0]} in
      cgroup2) unified=${mount[4]} ;;
      cgroup)
        for controller in "${controllers[@]}"; do
          if [[ ,${after[2]}, == *,${controller},* ]]; then
            used=("${after[2]//rw,/}")
            printf '%s %s\n' "${mount[4]}" "${used[0]}"
            found=1
            break
          fi
        done
        ;;
    esac
  done </proc/self/mountinfo
  if [[ -z ${found} && -n ${unified} ]]; then
    printf '%s\n' "${unified}"
  fi
}

# inside: process 1 of the simulated host.
inside() {
  local point options name controller
  # The way to KEEP that the new file systems do not hide.
  cd "${keep}"
  mount -t tmpfs -o mode=755 tmpfs /run
  mount -t tmpfs -o mode=1777 tmpfs /tmp
  if [[ ${keep} == /tmp/* || ${keep} == /run/* ]]; then
    mkdir -p "${keep}"
    mount --no-canonicalize --bind /proc/self/cwd "${keep}"
  fi
  cd /
  mount -t sysfs sysfs /sys
  if [[ -z ${version1} ]]; then
    mount -t cgroup2 cgroup2 /sys/fs/cgroup
  else
    mount -t tmpfs -o mode=755 tmpfs /sys/fs/cgroup
    while read -r point options; do
      name=${point##*/}
      mkdir "/sys/fs/cgroup/${name}"
      mount -t cgroup -o "${options}" cgroup "/sys/fs/cgroup/${name}"
      # Hierarchies of several controllers are found by the name of each.
      for controller in ${options//,/ }; do
        if [[ ! -e /sys/fs/cgroup/${controller} ]]; then
          ln -s "${name}" "/sys/fs/cgroup/${controller}"
        fi
      done
    done <<<"${version1}"
  fi
  ip link set dev lo up
  printf '0\n' >/proc/sys/net/ipv4/ip_forward
  printf 'simulated-host\n' >/proc/sys/kernel/hostname
  printf 'ready\n'
  exec >/dev/null
  while read -r _; do :; done
}

# enter: goes into the namespaces of the host, where process 1 begins.
enter() {
  if [[ -n ${leaf} ]]; then
    printf '%s\n' "$$" >"${leaf}/cgroup.procs"
  fi
  exec unshare --pid --fork --kill-child=KILL --mount --net --uts --ipc --mount-proc --propagation private -- \
    bash "$0" "${group}" "${keep}" inside
}

case ${3:-} in
  enter) enter ;;
  inside)
    inside
    exit
    ;;
  *) ;;
esac

groups=() version1=''
remove_groups() {
  local directory attempt
  # The kernel needs a moment to take dead processes out of their groups.
  for ((attempt = 0; attempt < 250; attempt++)); do
    for directory in "${groups[@]}"; do
      if [[ -d ${directory} ]]; then
        find "${directory}" -depth -type d -exec rmdir {} + 2>/dev/null || true
      fi
      if [[ -d ${directory} ]]; then
        sleep 0.02
        continue 2
      fi
    done
    return
  done
  printf '%s: these cgroups are still there: %s\n' "${0##*/}" "${groups[*]}" >&2
}
trap remove_groups EXIT

while read -r point options; do
  groups+=("${point}/${group}")
  if [[ -n ${options} ]]; then
    version1+=${version1:+$'\n'}"${point} ${options}"
  else
    for controller in "${limiting[@]/blkio/io}"; do
      if [[ " $(<"${point}/cgroup.subtree_control") " != *" ${controller} "* ]]; then
        printf '+%s\n' "${controller}" >"${point}/cgroup.subtree_control"
      fi
    done
  fi
done < <(hierarchies)
if ((${#groups[@]} == 0)); then
  printf '%s: no cgroup hierarchy is mounted\n' "${0##*/}" >&2
  exit 1
fi
mkdir "${groups[@]}"
# In cgroup v1 a new group has no CPUs and no memory nodes, and nobody can join it before it has.
for directory in "${groups[@]}"; do
  for file in cpuset.cpus cpuset.mems; do
    if [[ -z ${version1} || ! -e ${directory}/${file} ]]; then
      continue
    fi
    printf '%s\n' "$(<"${directory%/*}/${file}")" >"${directory}/${file}"
  done
done

# In cgroup v2 a group with limited children holds no processes itself: those of the host live in a child.
leaf=''
if [[ -z ${version1} ]]; then
  leaf=${groups[0]}/host
  mkdir "${leaf}"
fi
export version1 leaf
(
  for directory in "${groups[@]}"; do
    printf '%s\n' "${BASHPID}" >"${directory}/cgroup.procs"
  done
  # A cgroup namespace begins at the group its first process is in.
  exec unshare --cgroup -- bash "$0" "${group}" "${keep}" enter
)
