// User (the diagram's fifth namespace): root inside, and outside a user without any rights. Its ids stand for
// 100000 to 165535 of the host, which nobody else has; what it makes in its own network, mounts and host name is
// its own business.
import { defineContainer, param } from "cooper";

const rootfs = param.path("ROOTFS", { default: "/tmp/alpine-rootfs", help: "root file system" });
const name = param.name("CONTAINER_NAME", { default: "my-container", help: "name and host name" });

export default defineContainer({
  name,
  hostname: name,
  root: { path: rootfs },
  privileged: true,
  namespaces: ["user", "pid", "mount", "uts", "ipc", "network"],
  network: { mode: "none" },
});
