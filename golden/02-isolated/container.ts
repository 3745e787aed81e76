// Isolated (experiment 2, simple_container.sh): host name, IPC and mounts of its own, and a root that pivot_root
// has put in the place of the host's, which is gone from in there.
import { defineContainer, param } from "cooper";

const rootfs = param.path("ROOTFS", { default: "/tmp/alpine-rootfs", help: "root file system" });
const name = param.name("CONTAINER_NAME", { default: "my-container", help: "name and host name" });

export default defineContainer({
  name,
  hostname: name,
  root: { path: rootfs, switch: "pivot_root" },
  privileged: true,
  namespaces: ["pid", "mount", "uts", "ipc"],
  network: { mode: "host" },
});
