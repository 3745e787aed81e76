// A second container in the first one's network namespace: the same interfaces, addresses and ports, and 127.0.0.1 in
// common; everything else stays apart. Start the first one first, such as that of 04-network.
import { defineContainer, param } from "cooper";

const first = param.name("FIRST", {
  default: "net-container",
  help: "running container whose network is shared",
});

export default defineContainer({
  name: "join-container",
  hostname: "join-container",
  root: { path: "/tmp/alpine-rootfs" },
  process: { args: ["/bin/sh"], env: { PATH: "/bin:/usr/bin" } },
  privileged: true,
  network: { mode: { container: first } },
});
