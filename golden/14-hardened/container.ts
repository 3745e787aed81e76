// Hardened: what every container gets that does not say `privileged: true`. Root inside has few capabilities and can
// get no more, devices that do no harm, and neither sees nor changes what is the host's in /proc and /sys.
import { defineContainer, param } from "cooper";

const rootfs = param.path("ROOTFS", { default: "/tmp/alpine-rootfs", help: "root file system" });
const name = param.name("CONTAINER_NAME", { default: "my-container", help: "name and host name" });

export default defineContainer({
  name,
  hostname: name,
  root: { path: rootfs },
  process: {
    rlimits: [{ type: "RLIMIT_NOFILE", soft: 1024, hard: 4096 }],
    oomScoreAdj: 500,
  },
  resources: { memory: { limit: "64MiB" }, pids: { limit: 64 } },
  network: { mode: "none" },
});
