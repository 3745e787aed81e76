// The complete container of the lesson: limits, a bridged network, NAT, DNS, parameters and a banner.
import { defineContainer, param } from "cooper";

const rootfs = param.path("ROOTFS", { default: "/tmp/alpine-rootfs", help: "root file system" });
const name = param.name("CONTAINER_NAME", { default: "my-container", help: "name and host name" });
const cpuQuota = param.integer("CPU_LIMIT", {
  default: 50_000,
  help: "CPU time in µs per 100 ms; 50000 is half a CPU",
});
const memoryLimit = param.bytes("MEM_LIMIT", { default: "256MiB", help: "memory limit" });

export default defineContainer({
  name,
  hostname: name,
  root: { path: rootfs },
  process: {
    args: ["/bin/sh"],
    env: { PATH: "/bin:/usr/bin" },
    cwd: "/",
    user: { uid: 0, gid: 0 },
  },
  privileged: true,
  namespaces: ["pid", "mount", "uts", "ipc", "network"],
  resources: { cpu: { quota: cpuQuota, period: 100_000 }, memory: { limit: memoryLimit } },
  network: {
    mode: "bridge",
    bridge: "container-br0",
    subnet: "10.200.1.0/24",
    dns: ["8.8.8.8"],
  },
  banner: true,
});
