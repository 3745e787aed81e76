#!/bin/bash
#
# The first process in the virtual machine once it has this machine's files: makes a host of it, runs the command, and
# switches the machine off. /mnt is shared with scripts/vm, which waits for the files started and status there.
export LANG=C.UTF-8 HOME=/root TERM=dumb
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

mkdir -p /dev/pts /dev/shm
mount -t devpts -o gid=5,mode=620,ptmxmode=666 devpts /dev/pts
mount -t tmpfs -o mode=1777 tmpfs /dev/shm
ln -s /proc/self/fd /dev/fd
mount -t cgroup2 cgroup2 /sys/fs/cgroup
read -r -a controllers </sys/fs/cgroup/cgroup.controllers
for controller in "${controllers[@]}"; do
  printf '+%s\n' "${controller}" >/sys/fs/cgroup/cgroup.subtree_control
done
# The kernel loads modules with this program.
if [[ ! -e /sbin/modprobe ]]; then
  ln -s "$(command -v busybox)" /sbin/modprobe
fi
ip link set dev lo up
printf 'cgroup2-host\n' >/proc/sys/kernel/hostname

# The ways out for the command's output, by the names that scripts/vm gave them.
declare -A ports
for port in /sys/class/virtio-ports/*; do
  ports[$(<"${port}/name")]=/dev/${port##*/}
done

: >/mnt/started
bash /mnt/command </dev/null >"${ports[stdout]}" 2>"${ports[stderr]}"
printf '%d\n' "$?" >/mnt/status
sync
# A machine without an init system is switched off by the kernel itself.
printf 'o\n' >/proc/sysrq-trigger
sleep 10
