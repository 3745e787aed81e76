import type { ContainerInput } from "../../src/index.js";
import { rootfs } from "./script.js";

/** The least there is: no network, no limits. */
export const plainContainer = {
  name: "box",
  privileged: true,
  root: { path: rootfs },
  process: { args: ["/bin/sh"], env: { PATH: "/bin" } },
} as const satisfies ContainerInput;

/** With everything that changes something on the host. */
export const bridgedContainer = {
  ...plainContainer,
  hostname: "box",
  resources: { cpu: { quota: 50_000 }, memory: { limit: "64MiB" } },
  network: { mode: "bridge", bridge: "test-br0", subnet: "10.200.1.0/24", dns: ["192.0.2.53"] },
} as const satisfies ContainerInput;
