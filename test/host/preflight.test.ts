/** What the script finds out before it changes anything. */
import { symlink, writeFile, mkdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { compile, type ContainerInput, param, parseContainer, plan } from "../../src/index.js";
import { readable } from "../../src/model/readable.js";
import full from "../../golden/05-full/container.js";
import { bridgedContainer, plainContainer } from "./containers.js";
import type { Outcome } from "./host-process.js";
import { expectUnchanged, settled } from "./left-behind.js";
import { prepare, rootfs, runScript, scriptFile, startContainer } from "./script.js";
import { type SimulatedHost, withSimulatedHost } from "./simulated-host.js";

/** Runs `run` and checks that it is refused with a message of this code and that the host is as before. */
async function refused(
  host: SimulatedHost,
  code: string,
  run: () => Promise<Outcome>,
): Promise<string> {
  // A container that ended just before must not be mistaken for something this one leaves.
  const before = await settled(host);
  const { exitCode, stdout, stderr } = await run();
  expect({ exitCode, stdout }).toEqual({ exitCode: 125, stdout: "" });
  expect(stderr).toContain(`[${code}]`);
  // One message, on one line.
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  await expectUnchanged(host, before);
  return stderr;
}

const onHost = (container: ContainerInput, body: (host: SimulatedHost) => Promise<void>) => () =>
  withSimulatedHost(async (host) => {
    await prepare(host, container);
    await body(host);
  });

describe("without root", () => {
  const nobody = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"] as const;

  test(
    "--help, --version and --dry-run work and change nothing",
    onHost(full, async (host) => {
      const before = await host.observeHost();
      const help = await host.run([...nobody, scriptFile, "--help"]);
      expect(help).toMatchObject({ exitCode: 0, stderr: "" });
      for (const word of ["ROOTFS", "CONTAINER_NAME", "CPU_LIMIT", "MEM_LIMIT", "--dry-run"])
        expect(help.stdout).toContain(word);
      const version = await host.run([...nobody, scriptFile, "--version"]);
      expect(version).toMatchObject({ exitCode: 0, stderr: "" });
      expect(version.stdout).toMatch(/^cooper \d+\.\d+\.\d+\S*, sha256 [0-9a-f]{64}\n$/);
      const dryRun = await host.run([...nobody, scriptFile, "--dry-run", "--", "echo", "it's"]);
      expect(dryRun.exitCode).toBe(0);
      for (const tool of ["mkdir", "ip", "iptables", "unshare", "mount", "pivot_root"])
        expect(dryRun.stdout).toMatch(new RegExp(`^(.* )?${tool} `, "m"));
      expect(dryRun.stdout).toContain("echo it\\'s");
      expect(await host.observeHost()).toEqual(before);
    }),
  );

  test(
    "--dry-run as root changes nothing either, and works without a root file system",
    onHost(full, async (host) => {
      await host.must("rm", "-r", rootfs);
      const before = await host.observeHost();
      expect((await host.run([scriptFile, "--dry-run"])).exitCode).toBe(0);
      expect(await host.observeHost()).toEqual(before);
    }),
  );

  test(
    "it is refused",
    onHost(full, async (host) => {
      await refused(host, "not-root", () => host.run([...nobody, scriptFile]));
    }),
  );
});

describe("it is refused", () => {
  test(
    "when a tool is missing, with the package to install",
    onHost(bridgedContainer, async (host) => {
      const tools = host.path("/tmp/few-tools");
      await mkdir(tools);
      for (const tool of "bash chroot env flock ip mkdir mount nsenter pivot_root readlink rm rmdir setpriv sleep".split(
        " ",
      ))
        await symlink(`/usr/bin/${tool}`, `${tools}/${tool}`);
      for (const tool of ["chroot", "ip", "pivot_root"]) {
        await host.must("ln", "-sf", `/usr/sbin/${tool}`, `/tmp/few-tools/${tool}`);
      }
      const message = await refused(host, "tool-missing", () =>
        host.run(["/usr/bin/bash", scriptFile], { env: { PATH: "/tmp/few-tools" } }),
      );
      expect(message).toContain("missing: umount unshare;");
      expect(message).toContain("apt-get install mount util-linux");
    }),
  );

  test(
    "but not when PATH is that of cron",
    onHost(bridgedContainer, async (host) => {
      const outcome = await runScript(host, ["echo", "ran"], { env: { PATH: "/usr/bin:/bin" } });
      expect(outcome).toMatchObject({ exitCode: 0, stdout: "ran\n" });
    }),
  );

  test(
    "when the root file system is missing, no directory, or the host's own",
    onHost(
      { ...plainContainer, root: { path: param.path("ROOTFS", { default: "/tmp/none" }) } },
      async (host) => {
        await writeFile(host.path("/tmp/file"), "");
        await symlink("/", host.path("/tmp/to-the-host"));
        for (const path of ["/tmp/none", "/tmp/file"])
          await refused(host, "rootfs-missing", () => host.run([scriptFile, path]));
        for (const path of ["/", "//", "/.", "/tmp/to-the-host"])
          await refused(host, "rootfs-is-host", () => host.run([scriptFile, path]));
      },
    ),
  );

  test(
    "when there is no cgroup hierarchy to limit resources with",
    onHost(bridgedContainer, async (host) => {
      await host.must("sh", "-c", "umount /sys/fs/cgroup/* 2>/dev/null; umount /sys/fs/cgroup");
      await refused(host, "cgroup-missing", () => runScript(host, []));
    }),
  );

  test("when the hierarchy is not of the version the script was made for", () =>
    withSimulatedHost(async (host) => {
      const version2 = await host.run(["test", "-e", "/sys/fs/cgroup/cgroup.controllers"]);
      const other = version2.exitCode === 0 ? 1 : 2;
      await prepare(host, { ...bridgedContainer, cgroup: { version: other } });
      await refused(host, "cgroup-version", () => runScript(host, []));
    }));

  test(
    "when its name is in use: by a container, a network namespace, a cgroup",
    onHost(bridgedContainer, async (host) => {
      const { launcher, pid } = await startContainer(host, { name: "box" });
      const state = await host.observe(pid);
      const message = await refused(host, "name-in-use", () => runScript(host, []));
      expect(message).toMatch(/box is running \(process \d+\)/);
      expect(await host.observe(pid)).toEqual(state);
      launcher.endInput();
      await launcher.wait();

      await host.must("ip", "netns", "add", "box");
      await refused(host, "netns-in-use", () => runScript(host, []));
      await host.must("ip", "netns", "delete", "box");

      const groups = "/sys/fs/cgroup/memory /sys/fs/cgroup";
      const find = `for d in ${groups}; do if [ -e $d/cgroup.procs ]; then mkdir $d/container-box && break; fi; done`;
      await host.must("sh", "-c", find);
      await refused(host, "cgroup-in-use", () => runScript(host, []));
    }),
  );

  test(
    "when no address is free",
    onHost(
      {
        ...bridgedContainer,
        name: param.name("NAME", { default: "box" }),
        network: { ...bridgedContainer.network, subnet: "10.200.1.0/30" },
      },
      async (host) => {
        const { launcher } = await startContainer(host, { name: "box" });
        await refused(host, "address-exhausted", () =>
          runScript(host, [], { args: ["-q", "two"] }),
        );
        launcher.endInput();
        expect((await launcher.wait()).exitCode).toBe(0);
      },
    ),
  );

  test(
    "when its arguments make no sense",
    onHost(full, async (host) => {
      for (const [code, ...args] of [
        ["option-unknown", "--nope"],
        ["option-unknown", "-x"],
        ["command-empty", "--"],
        ["arguments-too-many", rootfs, "box", "50000", "64m", "echo"],
        ["value-type", rootfs, "a b"],
        ["value-type", rootfs, "-", "50000"],
        ["value-type", rootfs, "box", "many"],
        ["limit-range", rootfs, "box", "999"],
        ["value-type", rootfs, "box", "50000", "64 MB"],
        ["limit-range", rootfs, "box", "50000", "1023k"],
      ] as const)
        await refused(host, code, () => host.run([scriptFile, ...args]));
    }),
  );

  test(
    "in Chinese with the same codes",
    onHost(full, async (host) => {
      await host.writeFile(scriptFile, compile(parseContainer(full), { language: "zh" }), 0o755);
      const message = await refused(host, "rootfs-missing", () =>
        host.run([scriptFile, "/tmp/none"]),
      );
      expect(message).toMatch(/\p{Script=Han}/u);
      await refused(host, "value-type", () => host.run([scriptFile, rootfs, "a b"]));
    }),
  );
});

describe("parameters", () => {
  test(
    "are arguments or environment variables; arguments win, and empty ones are none",
    onHost(full, async (host) => {
      const command = ["sh", "-c", "hostname; cat /proc/self/cgroup | grep -c container-"];
      const name = async (args: string[], env: Record<string, string>) => {
        const { stdout, exitCode } = await runScript(host, command, { args: ["-q", ...args], env });
        expect(exitCode).toBe(0);
        return stdout.split("\n")[0];
      };
      expect(await name([], {})).toBe("my-container");
      expect(await name([], { CONTAINER_NAME: "from-env" })).toBe("from-env");
      expect(await name([rootfs, "from-args"], { CONTAINER_NAME: "from-env" })).toBe("from-args");
      expect(await name([rootfs, ""], { CONTAINER_NAME: "from-env" })).toBe("from-env");
      expect(await name(["", ""], { CONTAINER_NAME: "" })).toBe("my-container");
    }),
  );

  test(
    "may name the root file system from where the caller stands",
    onHost(full, async (host) => {
      const relative = `cd /tmp && ${scriptFile} -q alpine-rootfs -- pwd`;
      const { stdout, exitCode } = await host.run(["sh", "-c", relative]);
      expect({ stdout, exitCode }).toEqual({ stdout: "/\n", exitCode: 0 });
    }),
  );

  test(
    "set the limits",
    onHost(full, async (host) => {
      const args = ["-q", rootfs, "limited", "20000", "32MiB"];
      const { launcher, pid } = await startContainer(host, { name: "limited", args });
      expect((await host.observe(pid)).cgroup).toEqual({
        groups: ["/container-limited"],
        cpu: { quota: 20_000, period: 100_000 },
        memory: { limit: 32 * 1024 * 1024 },
      });
      launcher.endInput();
      await launcher.wait();
    }),
  );
});

describe("messages", () => {
  const color = "\x1b[";

  test(
    "have colours on a terminal only, and not with NO_COLOR",
    onHost(plainContainer, async (host) => {
      const onTerminal = (env: Record<string, string>) =>
        host.run(["script", "-qec", `${scriptFile} -- true`, "/dev/null"], { env });
      const coloured = await onTerminal({});
      expect(coloured.exitCode).toBe(0);
      expect(coloured.stdout).toContain(color);
      const plain = await onTerminal({ NO_COLOR: "1" });
      expect(plain.stdout).toContain("starting container box");
      expect(plain.stdout).not.toContain("\x1b");
      const piped = await runScript(host, ["true"], { args: [] });
      expect(piped.stderr).toContain("starting container box");
      expect(piped.stderr).not.toContain("\x1b");
    }),
  );

  test(
    "tell every step, in order, and --quiet tells nothing",
    onHost(plainContainer, async (host) => {
      const { stderr, stdout } = await runScript(host, ["true"], { args: [] });
      expect(stdout).toBe("");
      const told = stderr.split("\n").map((line) => line.replace(/^\[\d\d:\d\d:\d\d\] /, ""));
      const { steps } = plan(parseContainer(plainContainer));
      expect(told).toEqual([
        "starting container box",
        `root file system: ${rootfs}`,
        ...steps.map(({ title }) => title.en).map(readable),
        "container box has ended (exit status 0)",
        "",
      ]);
      expect((await runScript(host, ["true"], { args: ["-q"] })).stderr).toBe("");
    }),
  );
});
