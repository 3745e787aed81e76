// The simplest container (experiment 1): its own processes, its own /proc, and chroot. Everything else is the host's.
import { defineContainer, param } from "cooper";

const rootfs = param.path("ROOTFS", { default: "/tmp/alpine-rootfs", help: "root file system" });

export default defineContainer({
  name: "chroot",
  root: { path: rootfs, switch: "chroot" },
  privileged: true,
  namespaces: ["pid", "mount"],
  mounts: [{ destination: "/proc", type: "proc" }],
  network: { mode: "host" },
});
