// A web server (web_container.sh): its page comes with the config, and port 8080 of the host leads to it as long as
// the shell beside it is open. Where the root file system has Python, this serves as well:
// `./script.sh -- python3 -m http.server --directory /www 80`
import { defineContainer, param, text } from "cooper";

const rootfs = param.path("ROOTFS", { default: "/tmp/alpine-rootfs", help: "root file system" });
const name = param.name("CONTAINER_NAME", { default: "web-server", help: "name and host name" });
const port = param.integer("PORT", { default: 8080, help: "port of the host" });

export default defineContainer({
  name,
  hostname: name,
  root: { path: rootfs },
  process: {
    args: ["/bin/sh", "-c", "busybox httpd -p 80 -h /www && exec sh"],
    env: { PATH: "/bin:/usr/bin" },
  },
  privileged: true,
  resources: { cpu: { cpus: 1 }, memory: { limit: "128MiB" } },
  files: [
    {
      path: "/www/index.html",
      content: text`<h1>Hello from Container!</h1>\n<p>Hostname: ${name}</p>\n`,
    },
  ],
  network: {
    mode: "bridge",
    bridge: "container-br0",
    subnet: "10.200.1.0/24",
    publish: [{ hostPort: port, containerPort: 80 }],
  },
});
