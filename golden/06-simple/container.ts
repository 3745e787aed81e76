// The smallest useful config (simple_container.py): a root file system and a host name. All namespaces are its own.
import { defineContainer, param } from "cooper";

const rootfs = param.path("ROOTFS", { default: "/tmp/alpine-rootfs", help: "root file system" });

export default defineContainer({
  name: "my-container",
  hostname: "my-container",
  root: { path: rootfs },
  privileged: true,
});
