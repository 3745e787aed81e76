import { describe, expect, it } from "vitest";
import type { Spec } from "../../src/index.js";
import { readCaseNamed } from "../golden/cases.js";
import { prepareCase } from "../golden/prepare.js";
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
      const look = "cat /etc/motd /srv/page; ls /etc/issue 2>/dev/null || echo deleted";
      expect(await run(host, path, look)).toBe("application\nhello\ndeleted\n");
    }));

  it("throws away what was written, and leaves nothing on the host", () =>
    onHost(spec, path, async (host) => {
      const before = await host.observeHost();
      const change = `echo changed >/etc/motd; rm /srv/page; rm -r /bin/ls; mkdir /new
        cat /etc/motd; echo /srv/* /new`;
      expect(await run(host, path, change)).toBe("changed\n/srv/* /new\n");
      await expectNothingLeft(host, before);
      expect(await run(host, path, "cat /etc/motd; echo /srv/* /n*w")).toBe(
        "application\n/srv/page /n*w\n",
      );
    }));

  it("keeps it where the config says so", () =>
    onHost(keptIn("/tmp/kept"), path, async (host) => {
      await host.must("mkdir", "/tmp/kept");
      const before = await host.observeHost();
      expect(await run(host, path, "echo kept >/etc/motd; rm /srv/page; echo ok")).toBe("ok\n");
      await expectNothingLeft(host, before);
      expect(await run(host, path, "cat /etc/motd; echo /srv/*")).toBe("kept\n/srv/*\n");
      expect(await host.readFile("/tmp/kept/upper/etc/motd")).toBe("kept\n");
      const whiteout = await host.must("stat", "-c", "%F %t:%T", "/tmp/kept/upper/srv/page");
      expect(whiteout).toBe("character special file 0:0\n");
    }));
});
