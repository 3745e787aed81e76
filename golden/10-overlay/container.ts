// UnionFS, as in the document's picture of a container: several read-only layers, one over the other, and a writable
// one on top. Any number of containers share the layers; what this one writes goes with it, unless the config keeps
// it: `overlay: { path: "/srv/changes" }` beside `layers`. A layer is a directory, and its files go over those below:
//   mkdir -p /tmp/app-layer/etc /tmp/app-layer/srv
//   echo app:x:0:0:app:/:/bin/sh >/tmp/app-layer/etc/passwd   # instead of the one below
//   echo hello >/tmp/app-layer/srv/page                       # a new one
//   mknod /tmp/app-layer/etc/group c 0 0                      # a whiteout: there is none any more
import { defineContainer, param } from "cooper";

const base = param.path("ROOTFS", { default: "/tmp/alpine-rootfs", help: "lowest layer" });
const app = param.path("APP_LAYER", { default: "/tmp/app-layer", help: "layer on top of it" });

export default defineContainer({
  name: "overlay-container",
  hostname: "overlay-container",
  root: { layers: [base, app] },
  process: { args: ["/bin/sh"], env: { PATH: "/bin:/usr/bin" } },
  privileged: true,
});
