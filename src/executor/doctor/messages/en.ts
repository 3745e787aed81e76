/** What `cooper doctor` finds, in English; `zh.ts` has the same keys. */
export const en = {
  user: "you are root",
  "user-not-root":
    "you are not root: only root can start most containers, and look into all of this",
  kernel: "Linux {release}",
  "kernel-old":
    "Linux {release} is too old: `cooper run` needs {needed} or newer; scripts run on older ones",
  namespaces: "the kernel has every namespace: {names}",
  "namespaces-missing": "the kernel has no such namespaces: {names}",
  "user-namespaces": "up to {limit} user namespaces may be made",
  "user-namespaces-none": "no user namespace may be made: user.max_user_namespaces is 0",
  overlay: "the kernel has overlay",
  "overlay-missing": "the kernel has not loaded overlay, which root file systems of layers need",
  cgroup: "cgroup v{version} at /sys/fs/cgroup with {controllers}",
  "cgroup-missing": "no cgroup hierarchy is mounted at /sys/fs/cgroup: nothing can be limited",
  "cgroup-controllers": "cgroup v{version} lacks {controllers}: those limits cannot be set",
  tools: "all {count} commands of scripts are installed",
  "tools-missing": "scripts may need commands that are not installed: {tools}",
  version: "{tool} {version}",
  "version-old": "{tool} {version} is too old: scripts need {needed} or newer",
  firewall: "the firewall can be read; its FORWARD policy is {policy}",
  "firewall-missing":
    "there is no iptables: bridged containers reach nothing outside, and no ports can be published",
  "firewall-unreadable": "the firewall cannot be read: {reason}",
  forwarding: "IP forwarding is on",
  "forwarding-later": "IP forwarding is off; the first bridged container turns it on",
  "forwarding-off":
    "IP forwarding is off, and bridged containers are running: they reach nothing outside",
  dead: "no dead container has left anything behind",
  "dead-left": "dead containers have left things behind: {names}",

  running: "{name} runs as process {pid}",
  "network-host": "it has the host's network",
  "network-none": "it has a network of its own without a bridge: it reaches only itself",
  "network-joined": "it is in the network of {container}; see: cooper doctor {container}",
  "network-joined-ended":
    "{container}, whose network it is in, has ended: it reaches only itself; start both again",
  address: "eth0 is up, with the address {address}",
  "address-missing": "eth0 has no address",
  "link-missing": "there is no eth0 in it: the veth pair is gone; start the container again",
  "link-down": "eth0 is down",
  "cable-unplugged": "the host's end of the cable, {link}, is not plugged into {bridge}",
  "cable-down": "the host's end of the cable, {link}, is down",
  route: "the default route leads to {gateway}",
  "route-missing": "there is no default route: it reaches only its own subnet",
  bridge: "the bridge {bridge} is up at {address}",
  "bridge-missing": "the bridge {bridge} is gone; start the container again",
  "bridge-down": "the bridge {bridge} is down",
  "bridge-address": "the bridge {bridge} has no address, so there is no gateway",
  rules: "the firewall's rules of {bridge} are there",
  "rule-missing": "a rule of the firewall is missing: {table} -A {rule}",
  ports: "published ports: {ports}",
  "ports-missing":
    "these published ports lead nowhere, their rules are gone: {ports}; start the container again",
  "name-servers": "name servers: {servers}",
  "name-servers-none": "/etc/resolv.conf names no server, so no name is found; set network.dns",
  "name-servers-local":
    "/etc/resolv.conf names {server}, which is the container itself; set network.dns",
  limits: "it is in its cgroup {group}: {limits}",
  "limits-none": "nothing is limited; see resources of the config",
  "limits-elsewhere": "it has a cgroup, {group}, and is not in it: its limits do not hold",
} as const;

export type DoctorMessage = keyof typeof en;
