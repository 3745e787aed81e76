// Several containers (multi_containers.sh): three that start in order, each with its own limits, on one network, where
// they reach each other by name.
import { defineStack, param } from "cooper";

const rootfs = param.path("ROOTFS", { default: "/tmp/alpine-rootfs", help: "root file system" });
const seconds = param.integer("SECONDS_TO_RUN", {
  default: 10,
  help: "how long each container runs",
});

export default defineStack({
  network: { mode: "bridge", bridge: "container-br0", subnet: "10.200.1.0/24" },
  containers: Array.from({ length: 3 }, (_, index) => ({
    name: `app-${index + 1}`,
    hostname: `app-${index + 1}`,
    root: { path: rootfs },
    process: {
      args: ["/bin/sh", "-c", 'echo "Container $(hostname)" && sleep "$1"', "sh", seconds],
    },
    privileged: true,
    resources: { cpu: { cpus: 0.3 }, memory: { limit: "128MiB" } },
  })),
});
