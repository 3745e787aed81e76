/** Files that a config gives: the same on both paths. */
import { describe, expect, it } from "vitest";
import { param, text } from "../../src/index.js";
import { rootfs } from "../host/script.js";
import { testContainer } from "./test-container.js";

const hostile = 'it\'s "$HOME" `id` $(id) \\ %s\\n\n\ttab 🐳 \u0001\n\n';

describe("a file of the config", () => {
  it.each(["", "no line end", "line\n", "\n", hostile])(
    "has just the content %j",
    async (content) => {
      const { kernel } = await testContainer({ files: [{ path: "/opt/new/file", content }] })
        .withCommand("cat", "/opt/new/file")
        .expectSameOnBothPaths();
      expect(kernel.stdout).toBe(content);
    },
  );

  it("lies over one that is there, which is not written to", async () => {
    const { kernel } = await testContainer({
      files: [{ path: "/etc/passwd", content: "mine\n", mode: 0o600 }],
    })
      .withCommand(
        "sh",
        "-c",
        "cat /etc/passwd; stat -c '%a %u:%g' /etc/passwd; echo more >/etc/passwd",
      )
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("mine\n600 0:0\n");
    expect(kernel.files).toContain("etc/passwd f 644  0:0");
  });

  it("takes its content from parameters, and its name has anything in it", async () => {
    const greeting = param.text("GREETING", { default: "hello" });
    const { kernel } = await testContainer({
      files: [
        { path: "/srv/it's $HOME", content: text`${greeting}, world\n` },
        { path: "/tmp/-n", content: greeting },
      ],
    })
      .withCommand("cat", "/srv/it's $HOME", "/tmp/-n")
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("hello, world\nhello");
  });

  it("stays in the root file system, wherever a link of it points", async () => {
    const { kernel } = await testContainer({ files: [{ path: "/srv/file", content: "mine\n" }] })
      .onHost(async (host) => {
        await host.must("ln", "-sfn", "/tmp/outside", `${rootfs}/srv`);
        await host.must("mkdir", "-p", "/tmp/outside");
      })
      .withCommand("cat", "/srv/file")
      .leaving("/tmp/outside")
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("mine\n");
    expect(kernel.files).not.toContain("/tmp/outside/file");
  });

  it("is there for root of a user namespace", async () => {
    const { kernel } = await testContainer({
      privileged: false,
      uidMappings: [{ containerID: 0, hostID: 100_000, size: 65_536 }],
      files: [{ path: "/etc/motd", content: "mine\n" }],
    })
      .withCommand("cat", "/etc/motd")
      .expectSameOnBothPaths();
    expect(kernel.stdout).toBe("mine\n");
  });
});
