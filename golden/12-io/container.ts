// Disk I/O of 100 MB/s, as in the document's picture of a container, and as many processes and CPUs as it needs.
// Name your own disk: `DEVICE=/dev/vda ./script.sh`; lsblk shows which there are.
import { defineContainer, param } from "cooper";

const device = param.path("DEVICE", { default: "/dev/sda", help: "disk to throttle" });
const rate = param.bytes("IO_LIMIT", {
  default: "100MB",
  help: "bytes read or written per second",
});
const processes = param.integer("PIDS_LIMIT", { default: 100, help: "processes and threads" });
const cpus = param.text("CPUS", { default: "0", help: "CPUs to run on, such as 0-2,4" });

export default defineContainer({
  name: "io-container",
  hostname: "io-container",
  root: { path: "/tmp/alpine-rootfs" },
  process: { args: ["/bin/sh"], env: { PATH: "/bin:/usr/bin" } },
  privileged: true,
  resources: {
    blockIO: {
      throttleReadBpsDevice: [{ path: device, rate }],
      throttleWriteBpsDevice: [{ path: device, rate }],
    },
    pids: { limit: processes },
    cpuset: { cpus },
  },
});
