#!/usr/bin/env bash
# A yardstick for the benchmark: the steps of a full container, one tool call at a time, in the order in
# which one would type them. It makes the network from inside the container and reaches back to the host
# with nsenter, and every value goes through a tool of its own.
# Usage: naive.sh ROOTFS NAME CPU_QUOTA MEMORY_BYTES COMMAND...
set -e
ROOTFS=$1 NAME=$2 QUOTA=$3 MEMORY=$4
shift 4

BRIDGE=container-br0
ADDRESS=10.200.1.$((RANDOM % 200 + 10))
GROUP=container-$NAME
VETH=veth-$(echo "$NAME" | cut -c 1-8)
export ROOTFS NAME BRIDGE ADDRESS GROUP VETH

log() {
  echo -e "\033[0;32m[$(date +%H:%M:%S)]\033[0m $1" >&2
}

clean_up() {
  log "cleaning up"
  ip link delete "$VETH" 2>/dev/null || true
  rmdir "/sys/fs/cgroup/cpu/$GROUP" 2>/dev/null || true
  rmdir "/sys/fs/cgroup/memory/$GROUP" 2>/dev/null || true
}
trap clean_up EXIT

log "starting container $NAME"
log "root file system: $ROOTFS"
CPUS=$(awk "BEGIN { printf \"%.2f\", $QUOTA / 100000 }")
MEGABYTES=$(expr "$MEMORY" / 1024 / 1024)
export CPUS MEGABYTES
log "CPU limit: $CPUS CPUs"
log "memory limit: $MEGABYTES MB"
log "address: $ADDRESS"

log "bridge"
if ! ip link show "$BRIDGE" >/dev/null 2>&1; then
  ip link add "$BRIDGE" type bridge
  ip address add 10.200.1.1/24 dev "$BRIDGE"
  ip link set "$BRIDGE" up
fi

log "NAT"
sysctl -q -w net.ipv4.ip_forward=1
iptables -t nat -C POSTROUTING -s 10.200.1.0/24 ! -o "$BRIDGE" -j MASQUERADE 2>/dev/null ||
  iptables -t nat -A POSTROUTING -s 10.200.1.0/24 ! -o "$BRIDGE" -j MASQUERADE

log "cgroups"
mkdir -p "/sys/fs/cgroup/cpu/$GROUP"
mkdir -p "/sys/fs/cgroup/memory/$GROUP"
echo "$QUOTA" | tee "/sys/fs/cgroup/cpu/$GROUP/cpu.cfs_quota_us" >/dev/null
echo "$MEMORY" | tee "/sys/fs/cgroup/memory/$GROUP/memory.limit_in_bytes" >/dev/null

# The welcome text is printed by the container's own shell.
export WELCOME='
  {
    echo "====================================="
    echo "  Welcome to container $NAME"
    echo "====================================="
    echo ""
    echo "About this container:"
    echo "  host name:    $(hostname)"
    echo "  IP address:   $ADDRESS"
    echo "  CPU limit:    $CPUS CPUs"
    echo "  memory limit: $MEGABYTES MB"
    echo ""
    echo "Useful commands:"
    echo "  ip addr          show the network configuration"
    echo "  ping 10.200.1.1  test the network"
    echo "  top              show the processes (where there is one)"
    echo "  exit             leave the container"
    echo ""
  } >&2
  exec "$@"
'

log "container"
# The host is reached through this process: process 1 of a machine may have more rights than we do.
export HOST=$$
unshare --pid --fork --mount --uts --ipc --net bash -c '
  set -e
  echo "$$" | tee "/sys/fs/cgroup/cpu/$GROUP/cgroup.procs" >/dev/null
  echo "$$" | tee "/sys/fs/cgroup/memory/$GROUP/cgroup.procs" >/dev/null

  nsenter -t "$HOST" -n ip link add "$VETH" type veth peer name temp-veth
  nsenter -t "$HOST" -n ip link set temp-veth netns "$$"
  ip link set lo up
  ip link set temp-veth name eth0
  ip address add "$ADDRESS/24" dev eth0
  ip link set eth0 up
  ip route add default via 10.200.1.1
  nsenter -t "$HOST" -n ip link set "$VETH" master "$BRIDGE"
  nsenter -t "$HOST" -n ip link set "$VETH" up

  hostname "$NAME"
  mount -t proc proc "$ROOTFS/proc"
  mount -t sysfs sys "$ROOTFS/sys"
  mount -t tmpfs tmpfs "$ROOTFS/tmp"
  mkdir -p "$ROOTFS/etc"
  echo "nameserver 8.8.8.8" | tee "$ROOTFS/etc/resolv.conf" >/dev/null

  cd "$ROOTFS"
  exec chroot . /bin/sh -c "$WELCOME" sh "$@"
' bash "$@"

log "container stopped"
