// Name, CPUs and memory (advanced_container.py --name my-app --cpu 0.5 --memory 256). The same container without a
// config: cooper run --privileged --rootfs /tmp/alpine-rootfs --name my-app --hostname my-app --cpus 0.5
// --memory 256m --banner
import { defineContainer } from "cooper";

export default defineContainer({
  name: "my-app",
  hostname: "my-app",
  root: { path: "/tmp/alpine-rootfs" },
  privileged: true,
  resources: { cpu: { cpus: 0.5 }, memory: { limit: "256MiB" } },
  banner: true,
});
