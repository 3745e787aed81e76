/** Root file systems from images of real engines, and from archives that these save. */
import { readdir } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";
import { cooper, useCooper, cooperCommand } from "./cooper.js";
import { type Engine, importBase, preparePodman, startDocker } from "./engines.js";

useCooper();

const build = (host: SimulatedHost, { env }: Pick<Engine, "env">, ...args: string[]) =>
  cooper(host, ["rootfs", "build", "--lang", "en", ...args], { env });

const fresh = (host: SimulatedHost, engine: Pick<Engine, "env">, ...args: string[]) =>
  build(host, engine, "--no-cache", ...args);

/** Names, kinds, modes, owners, sizes and targets of everything in a directory. */
const listing = (host: SimulatedHost, root: string) =>
  host.must("sh", "-c", `cd ${root}; find . -mindepth 1 -printf '%p %y %m %U:%G %l %n\\n' | sort`);

/** The same by the script of an image, which has nothing but its engine. */
async function expectScripted(host: SimulatedHost, { env }: Pick<Engine, "env">, image: string) {
  const script = ["rootfs", "script", "--from", image, "-o", "/tmp/make.sh"];
  await expectSuccess(cooper(host, script, { env }));
  await expectSuccess(host.run(["/tmp/make.sh", "--no-cache", "/tmp/scripted"], { env }));
  expect(await listing(host, "/tmp/scripted")).toBe(await listing(host, "/tmp/exported"));
}

/** The container that an engine exports has files for what it would mount. */
const mountPoints =
  /^\.\/(dev|etc\/(hostname|hosts|resolv\.conf|mtab)|\.dockerenv|proc|run|sys)\b.*\n/gm;

async function expectSuccess(outcome: ReturnType<typeof build>) {
  const { exitCode, stdout, stderr } = await outcome;
  expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 0, stdout: "" });
}

/** What the image of {@link importBase} says about running it, in a container of Cooper's. */
async function expectRuns(host: SimulatedHost, config: string): Promise<void> {
  const { stdout, stderr } = await cooper(host, ["run", "-q", "--privileged", config]);
  expect({ stdout, stderr }).toEqual({ stdout: "33\n50\n/a/sub\n1\n", stderr: "" });
}

test("docker: create and export, and what docker save writes", () =>
  withSimulatedHost(async (host) => {
    const docker = await startDocker(host);
    await importBase(host, docker);
    // A container that has removed, replaced and added something, without being run.
    await docker.must("create", "--name", "changed", "base:1");
    const layer = (
      await docker.must("inspect", "--format", "{{.GraphDriver.Data.UpperDir}}", "changed")
    ).trim();
    await host.must("mkdir", "-p", `${layer}/a/sub`);
    await host.must("mknod", `${layer}/a/old`, "c", "0", "0");
    await host.must(
      "python3",
      "-c",
      `import os; os.setxattr("${layer}/a/sub", "trusted.overlay.opaque", b"y")`,
    );
    await host.writeFile(`${layer}/a/sub/new`, "new\n", 0o4750);
    await docker.must("commit", "changed", "app:1");
    await docker.must("rm", "changed");
    await docker.must("save", "--output", "/tmp/app.tar", "app:1");
    await docker.must("save", "--output", "/tmp/both.tar", "base:1", "app:1");

    await expectSuccess(
      fresh(host, docker, "--from", "docker:app:1", "/tmp/exported", "--config", "/tmp/c.json"),
    );
    await expectSuccess(fresh(host, docker, "--from", "archive:/tmp/app.tar", "/tmp/saved"));
    await expectSuccess(
      fresh(host, docker, "--from", "archive:/tmp/both.tar", "--tag", "app:1", "/tmp/chosen"),
    );
    const saved = await listing(host, "/tmp/saved");
    const exported = await listing(host, "/tmp/exported");
    expect(saved).toContain("./a/sub/new f 4750 0:0  1\n");
    expect(saved).not.toContain("/old");
    expect(exported.replace(mountPoints, "")).toBe(saved.replace(mountPoints, ""));
    expect(await listing(host, "/tmp/chosen")).toBe(saved);
    await expectScripted(host, docker, "docker:app:1");
    expect(await docker.must("ps", "--all", "--quiet")).toBe("");
    await expectRuns(host, "/tmp/c.json");

    // The same image is exported once; its name does not matter.
    await docker.must("tag", "app:1", "other:name");
    await expectSuccess(build(host, docker, "--from", "image:app:1", "/tmp/first"));
    const again = await build(host, docker, "--from", "docker:other:name", "/tmp/second");
    expect(again.stderr).toContain("/.cache/cooper/rootfs/");
    expect(await listing(host, "/tmp/second")).toBe(exported);
  }));

test("podman: create and export, and what podman save writes", () =>
  withSimulatedHost(async (host) => {
    const podman = await preparePodman(host);
    await importBase(host, podman);
    await host.writeFile(
      "/tmp/app/Dockerfile",
      `FROM localhost/base:1
USER root
RUN busybox rm /a/old; busybox rm -r /a/sub; busybox mkdir /a/sub; echo new >/a/sub/new
RUN busybox chmod 4750 /a/sub/new; busybox ln /a/sub/new /a/hard; busybox mknod /a/pipe p
USER web:staff
`,
    );
    const plain = ["--isolation", "chroot", "--layers", "--network", "host"];
    await podman.must("build", ...plain, "--tag", "app:1", "/tmp/app");
    const saved = {
      "docker-archive": "/tmp/app-docker.tar",
      "oci-archive": "/tmp/app-oci.tar",
      "oci-dir": "/tmp/app-oci",
    };
    for (const [format, place] of Object.entries(saved))
      await podman.must("save", "--quiet", "--format", format, "--output", place, "app:1");

    // Docker's command is there, and its daemon is not.
    await expectSuccess(
      fresh(host, podman, "--from", "image:app:1", "/tmp/exported", "--config", "/tmp/c.json"),
    );
    await expectScripted(host, podman, "image:app:1");
    expect(await podman.must("ps", "--all", "--external", "--quiet")).toBe("");
    const exported = (await listing(host, "/tmp/exported")).replace(mountPoints, "");
    expect(exported).toContain("./a/hard f 4750 0:0  2\n./a/pipe p ");
    expect(exported).not.toContain("/old");
    for (const place of Object.values(saved)) {
      const root = `/tmp/root-${place.replaceAll("/", "-")}`;
      await expectSuccess(fresh(host, podman, "--from", `archive:${place}`, root));
      expect((await listing(host, root)).replace(mountPoints, "")).toBe(exported);
    }
    await expectRuns(host, "/tmp/c.json");
  }));

test("what an engine cannot do is told in its own words, or before it is asked", () =>
  withSimulatedHost(async (host) => {
    const podman = await preparePodman(host);
    await importBase(host, podman);
    for (const [code, name, reason] of [
      ["rootfs-tool-failed", "docker:base:1", "Cannot connect to the Docker daemon"],
      ["rootfs-tool-failed", "podman:localhost/no-such-image", ""],
      ["rootfs-tool-failed", "podman:Not A Name", ""],
      ["rootfs-source", "podman:", ""],
    ] as const) {
      const { exitCode, stderr } = await build(host, podman, "--from", name, "/tmp/root");
      expect(exitCode).toBe(1);
      expect(stderr).toContain(`[${code}]`);
      expect(stderr).toContain(reason);
    }
    await host.must("mkdir", "/tmp/nothing");
    const nothing = await build(
      host,
      { env: { PATH: "/tmp/nothing" } },
      "--from",
      "image:base:1",
      "/tmp/root",
    );
    expect(nothing.stderr).toContain("[rootfs-no-engine]");
    const missing = await build(
      host,
      { env: { PATH: "/tmp/nothing" } },
      "--from",
      "podman:base:1",
      "/tmp/root",
    );
    expect(missing.stderr).toContain("apt-get install podman");
    expect(await readdir(host.path("/tmp"))).not.toContain("root");
  }));

test("an interruption removes the container that was made for it", () =>
  withSimulatedHost(async (host) => {
    const podman = await preparePodman(host);
    await importBase(host, podman);
    const slow = `#!/bin/sh
if [ "$1" = export ]; then : >/tmp/reached; exec sleep 1000; fi
exec /usr/bin/podman "$@"
`;
    await host.writeFile("/tmp/bin/podman", slow, 0o755);
    await host.must("mkdir", "/tmp/work");
    const building = host.spawn(
      cooperCommand("rootfs", "build", "--from", "podman:base:1", "/tmp/work/root"),
      {
        env: { ...podman.env, PATH: "/tmp/bin:/usr/sbin:/usr/bin:/sbin:/bin" },
      },
    );
    while (!(await readdir(host.path("/tmp"))).includes("reached")) await sleep(5);
    expect(await podman.must("ps", "--all", "--quiet")).not.toBe("");
    await building.kill("SIGINT");
    expect(await building.wait()).toMatchObject({ exitCode: 130, stderr: "" });
    expect(await podman.must("ps", "--all", "--quiet")).toBe("");
    expect(await readdir(host.path("/tmp/work"))).toEqual([]);
  }));
