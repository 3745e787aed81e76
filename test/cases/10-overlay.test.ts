import { describe, expect, it } from "vitest";
import { param, parseContainer, type Spec } from "../../src/index.js";
import { readCaseNamed } from "../golden/cases.js";
import { prepareCase } from "../golden/prepare.js";
import { recordedPid } from "../host/containers.js";
import type { HostProcess } from "../host/host-process.js";
import { expectNothingLeft } from "../host/left-behind.js";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";
import { type PathName, preparePath, startPath } from "../parity/paths.js";

const spec = await readCaseNamed("10-overlay");
const layers = ["/tmp/alpine-rootfs", "/tmp/app-layer"];

const keptIn = (path: string): Spec => ({ ...spec, root: { ...spec.root, overlay: { path } } });

const paths: readonly PathName[] = ["script", "kernel"];

/** Runs a command in a new container, and tells what it said. */
async function run(host: SimulatedHost, path: PathName, command: string): Promise<string> {
  const launcher = await startPath(host, path, {
    parameters: {},
    language: "en",
    command: ["sh", "-c", command],
    input: "",
  });
  const { exitCode, stdout, stderr } = await launcher.wait();
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return stdout;
}

/** The case as several containers. */
const several = (root: object): Spec =>
  parseContainer({
    name: param.name("NAME", { default: "one" }),
    root: { layers, ...root },
    process: { args: ["/bin/sh"], env: { PATH: "/bin" } },
    privileged: true,
    network: { mode: "host" },
  });

/** Starts one of several, with a command that says "ready" when it has done something, and waits for the end of its input. */
async function start(host: SimulatedHost, path: PathName, name: string, command = "true") {
  const launcher = await startPath(host, path, {
    parameters: { NAME: name },
    language: "en",
    command: ["sh", "-c", `${command}; echo ready; exec cat`],
  });
  await launcher.until(({ stdout }) => stdout.endsWith("ready\n"));
  return launcher;
}

async function end(launcher: HostProcess): Promise<string> {
  launcher.endInput();
  const { exitCode, stdout } = await launcher.wait();
  expect(exitCode).toBe(0);
  return stdout;
}

/** A checksum of everything about the layers: names, types, permissions, owners, times and contents. */
const checksum = (host: SimulatedHost) =>
  host.must(
    "sh",
    "-c",
    `find ${layers.join(" ")} -printf "%p %y %m %U:%G %T@ %C@ %l\\n" | sort | sha256sum
    find ${layers.join(" ")} -type f -exec sha256sum {} + | sort | sha256sum`,
  );

const onHost = (described: Spec, path: PathName, test: (host: SimulatedHost) => Promise<void>) =>
  withSimulatedHost(async (host) => {
    await prepareCase(host, "10-overlay");
    await preparePath(host, path, described, "en");
    const before = await checksum(host);
    await test(host);
    expect(await checksum(host)).toBe(before);
  });

describe.each(paths)("by its %s", (path) => {
  it("shows the files of all layers: the uppermost first, and none that it deletes", () =>
    onHost(spec, path, async (host) => {
      const look = "cat /etc/passwd /srv/page; ls /etc/group 2>/dev/null || echo deleted";
      expect(await run(host, path, look)).toBe("app:x:0:0:app:/:/bin/sh\nhello\ndeleted\n");
    }));

  it("throws away what was written, and leaves nothing on the host", () =>
    onHost(spec, path, async (host) => {
      const before = await host.observeHost();
      const change = `echo changed >/etc/passwd; cat /etc/passwd; rm /srv/page; rm -r /etc; mkdir /new
        echo /srv/* /etc/* /new`;
      expect(await run(host, path, change)).toBe("changed\n/srv/* /etc/* /new\n");
      await expectNothingLeft(host, before);
      const look = "ls /srv; echo /etc/* /n*w";
      expect(await run(host, path, look)).toBe("page\n/etc/passwd /n*w\n");
    }));

  it("keeps it where the config says so", () =>
    onHost(keptIn("/tmp/kept"), path, async (host) => {
      await host.must("mkdir", "/tmp/kept");
      const before = await host.observeHost();
      expect(await run(host, path, "echo kept >/etc/passwd; rm /srv/page; echo ok")).toBe("ok\n");
      await expectNothingLeft(host, before);
      expect(await run(host, path, "cat /etc/passwd; echo /srv/*")).toBe("kept\n/srv/*\n");
      expect(await host.readFile("/tmp/kept/upper/etc/passwd")).toBe("kept\n");
      const whiteout = await host.must("stat", "-c", "%F %t:%T", "/tmp/kept/upper/srv/page");
      expect(whiteout).toBe("character special file 0:0\n");
    }));
});

describe.each(paths)("several at once, by their %s", (path) => {
  it("share the layers, and do not see what the others write", () =>
    onHost(several({}), path, async (host) => {
      const one = await start(host, path, "one", "echo one >/etc/passwd");
      const two = await start(host, path, "two", "cat /etc/passwd; rm /srv/page");
      const three = await start(host, path, "three", "ls /srv");
      expect(await end(one)).toBe("ready\n");
      expect(await end(two)).toBe("app:x:0:0:app:/:/bin/sh\nready\n");
      expect(await end(three)).toBe("page\nready\n");
    }));

  it.each(paths)("cannot have one writable layer: the second by its %s", (other) =>
    onHost(several({ overlay: { path: "/tmp/kept" } }), path, async (host) => {
      await host.must("mkdir", "/tmp/kept");
      await preparePath(host, other, several({ overlay: { path: "/tmp/kept/" } }), "en");
      const one = await start(host, path, "one");
      const before = await host.observeHost();
      const second = { parameters: { NAME: "two" }, language: "en", input: "" } as const;
      const refused = await (await startPath(host, other, second)).wait();
      expect(refused).toMatchObject({ exitCode: 125, stdout: "" });
      expect(refused.stderr).toContain("[layer-in-use]");
      await expectNothingLeft(host, before);
      await end(one);
      const accepted = await (await startPath(host, other, second)).wait();
      expect(accepted).toMatchObject({ exitCode: 0, stderr: "" });
    }),
  );

  it.each([
    ["thrown away", {}],
    ["kept", { overlay: { path: "/tmp/kept" } }],
  ])("leave no mount behind when the launcher is killed: %s", (_, root) =>
    onHost(several(root), path, async (host) => {
      await host.must("mkdir", "/tmp/kept");
      const before = await host.observeHost();
      const launcher = await start(host, path, "one", "echo one >/etc/passwd");
      const pid = await recordedPid(host, "one");
      await launcher.kill("SIGKILL");
      await expect
        .poll(() => host.run(["test", "-e", `/proc/${String(pid)}`]).then((each) => each.exitCode))
        .toBe(1);
      const { runDirectory, ...after } = await host.observeHost();
      expect({ ...after, runDirectory: before.runDirectory }).toEqual(before);
      // Its record, and the place where its root was: nobody could clean up.
      expect(Object.keys(runDirectory).filter((each) => each.includes("one"))).toEqual([
        "containers/one/",
        "containers/one/launcher",
        "containers/one/pid",
        "containers/one/rootfs/",
      ]);
      const expected = "overlay" in root ? "one\n" : "app:x:0:0:app:/:/bin/sh\n";
      expect(await run(host, path, "cat /etc/passwd")).toBe(expected);
      await expectNothingLeft(host, before);
    }),
  );
});
