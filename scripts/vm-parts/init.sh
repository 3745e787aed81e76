#!/bin/sh
#
# The first process in the virtual machine, run by busybox: makes a root out of the host's files (read-only, over 9p)
# with memory laid over them, and goes on there with guest.sh.
set -e
export PATH=/bin
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
for driver in /drivers/*; do
  insmod "${driver}"
done

# share NAME DIRECTORY OPTIONS: mounts a directory of the host.
share() {
  mount -t 9p -o "trans=virtio,version=9p2000.L,msize=512000,$3" "$1" "$2"
}

# Nothing changes there meanwhile that matters: whatever was read once may be kept.
share root /lower ro,cache=loose
mount -t tmpfs -o mode=755 tmpfs /upper
mkdir /upper/files /upper/work
mount -t overlay -o lowerdir=/lower,upperdir=/upper/files,workdir=/upper/work root /new
for directory in tmp run dev/shm; do
  mkdir -p "/new/${directory}"
  mount -t tmpfs -o mode=1777 tmpfs "/new/${directory}"
done
share job /new/mnt cache=none
read -r checkout </new/mnt/checkout
# It may lie below /tmp.
mkdir -p "/new${checkout}"
share checkout "/new${checkout}" cache=loose
mkdir -p /new/lib/modules
share modules /new/lib/modules ro,cache=loose
for directory in proc sys dev; do
  mount --move "/${directory}" "/new/${directory}"
done
exec switch_root /new /bin/bash /mnt/guest.sh
