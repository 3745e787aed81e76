// UnionFS, as in the document's picture of a container: several read-only layers, one over the other, and a writable
// one on top. Any number of containers share the layers; what this one writes goes with it, unless the config keeps
// it: `overlay: { path: "/srv/changes" }` beside `layers`.
import { defineContainer, param } from "cooper";

const base = param.path("ROOTFS", { default: "/tmp/alpine-rootfs", help: "lowest layer" });
const application = param.path("APP_LAYER", {
  default: "/tmp/app-layer",
  help: "layer on top of it",
});

export default defineContainer({
  name: "overlay-container",
  hostname: "overlay-container",
  root: { layers: [base, application] },
  process: { args: ["/bin/sh"], env: { PATH: "/bin:/usr/bin" } },
  privileged: true,
});
