// A network of its own (container_with_network.sh): a veth pair to a bridge, a default route, DNS, and NAT to the
// outside.
import { defineContainer, param } from "cooper";

const rootfs = param.path("ROOTFS", { default: "/tmp/alpine-rootfs", help: "root file system" });
const name = param.name("CONTAINER_NAME", { default: "net-container", help: "name and host name" });

export default defineContainer({
  name,
  hostname: name,
  root: { path: rootfs },
  privileged: true,
  namespaces: ["pid", "mount", "uts", "ipc", "network"],
  network: {
    mode: "bridge",
    bridge: "container-br0",
    subnet: "10.200.1.0/24",
    dns: ["8.8.8.8"],
  },
});
