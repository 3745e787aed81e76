/** Container engines on a simulated host. Their images are made there: no registry is needed. */
import { setTimeout as sleep } from "node:timers/promises";
import type { SimulatedHost } from "../host/simulated-host.js";

export interface Engine {
  readonly name: "docker" | "podman";
  /** What its command, and Cooper when it calls that, needs to know. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs its command, which must succeed. */
  readonly must: (...args: string[]) => Promise<string>;
}

function engine(
  host: SimulatedHost,
  name: Engine["name"],
  env: Readonly<Record<string, string>>,
): Engine {
  const assignments = Object.entries(env).map(([key, value]) => `${key}=${value}`);
  return { name, env, must: (...args) => host.must("env", ...assignments, name, ...args) };
}

/** Starts Docker's daemon. It runs no container here, so it needs neither bridge nor firewall. */
export async function startDocker(host: SimulatedHost): Promise<Engine> {
  const daemon = host.spawn([
    "dockerd",
    ...["--data-root", "/tmp/docker/data", "--exec-root", "/tmp/docker/exec"],
    ...["--pidfile", "/tmp/docker-pid", "--host", "unix:///run/docker.sock"],
    ...["--bridge", "none", "--iptables=false", "--ip6tables=false"],
    ...["--storage-driver", "overlay2"],
  ]);
  while ((await host.run(["docker", "version"])).exitCode !== 0) {
    if (daemon.ended) throw new Error(`dockerd has ended:\n${daemon.stderr}`);
    await sleep(20);
  }
  return engine(host, "docker", {});
}

/** Podman has no daemon, but wants to know what it may use on a host like this. */
export async function preparePodman(host: SimulatedHost): Promise<Engine> {
  const ulimits = 'default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]';
  const settings = 'cgroup_manager = "cgroupfs"\nevents_logger = "file"\nruntime = "runc"';
  await host.writeFile("/tmp/containers.conf", `[containers]\n${ulimits}\n[engine]\n${settings}\n`);
  const places = 'graphroot = "/tmp/podman"\nrunroot = "/run/podman"';
  await host.writeFile("/tmp/storage.conf", `[storage]\ndriver = "overlay"\n${places}\n`);
  return engine(host, "podman", {
    CONTAINERS_CONF: "/tmp/containers.conf",
    CONTAINERS_STORAGE_CONF: "/tmp/storage.conf",
  });
}

/** Imports an image `base` of busybox and a few files. */
export async function importBase(host: SimulatedHost, { must }: Engine): Promise<void> {
  await host.must(
    "mkdir",
    "-p",
    "/tmp/base/bin",
    "/tmp/base/etc",
    "/tmp/base/a/sub",
    "/tmp/base/proc",
  );
  await host.must("cp", "/bin/busybox", "/tmp/base/bin/busybox");
  await host.must("ln", "-s", "busybox", "/tmp/base/bin/sh");
  await host.must("ln", "-s", "/a/sub", "/tmp/base/link");
  await host.writeFile("/tmp/base/etc/passwd", "root:x:0:0::/:/bin/sh\nweb:x:33:44::/:/bin/sh\n");
  await host.writeFile("/tmp/base/etc/group", "root:x:0:\nstaff:x:50:\n");
  await host.writeFile("/tmp/base/a/old", "old\n");
  await host.writeFile("/tmp/base/a/sub/old", "old\n");
  await host.must("tar", "-C", "/tmp/base", "-cf", "/tmp/base.tar", ".");
  const changes = [
    "ENV A=1",
    "ENV PATH=/bin",
    'ENTRYPOINT ["/bin/sh", "-c"]',
    'CMD ["id -u; id -g; pwd; echo $A"]',
    "USER web:staff",
    "WORKDIR /a/sub",
  ];
  await must("import", ...changes.flatMap((change) => ["-c", change]), "/tmp/base.tar", "base:1");
}
