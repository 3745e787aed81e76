// Limits (container_with_cgroups.sh): half a CPU and 256 MiB of memory, whatever the command tries.
import { defineContainer, param } from "cooper";

const rootfs = param.path("ROOTFS", { default: "/tmp/alpine-rootfs", help: "root file system" });
const name = param.name("CONTAINER_NAME", {
  default: "limited-container",
  help: "name and host name",
});
const cpuQuota = param.integer("CPU_LIMIT", {
  default: 50_000,
  help: "CPU time in µs per 100 ms; 50000 is half a CPU",
});
const memoryLimit = param.bytes("MEM_LIMIT", { default: "256MiB", help: "memory limit" });

export default defineContainer({
  name,
  hostname: name,
  root: { path: rootfs },
  privileged: true,
  namespaces: ["pid", "mount", "uts", "ipc"],
  network: { mode: "host" },
  resources: { cpu: { quota: cpuQuota, period: 100_000 }, memory: { limit: memoryLimit } },
  banner: true,
});
