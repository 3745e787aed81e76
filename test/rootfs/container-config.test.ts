import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { parseContainer } from "../../src/model/spec/parse.js";
import { containerConfig } from "../../src/rootfs/container-config.js";
import { scratchDirectory } from "../support/scratch.js";

let root: string;
beforeEach(() => {
  root = path.join(scratchDirectory(), "root");
  mkdirSync(path.join(root, "etc"), { recursive: true });
  writeFileSync(path.join(root, "etc/passwd"), "root:x:0:0:::\nweb:x:33:44:::\n");
  writeFileSync(path.join(root, "etc/group"), "root:x:0:\nstaff:x:50:\n");
});

const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

test("what an image says becomes a process, and what it does not say what Docker would do", () => {
  expect(containerConfig(root)).toEqual({
    root: { path: root },
    process: { args: ["/bin/sh"], env: { PATH } },
  });
  const config = containerConfig(root, {
    Entrypoint: ["/entry", "point"],
    Cmd: ["$HOME", "it's"],
    Env: ["A=1=2", "EMPTY=", "PATH=/bin", "no.name=x", "=x", "alone", "LINES=a\nb"],
    WorkingDir: "srv/./app/..",
    User: "web",
  });
  expect(config.process).toEqual({
    args: ["/entry", "point", "$HOME", "it's"],
    env: { PATH: "/bin", A: "1=2", EMPTY: "", LINES: "a\nb" },
    cwd: "/srv",
    user: { uid: 33, gid: 44 },
  });
  expect(() => parseContainer({ ...config, privileged: true })).not.toThrow();
});

describe("the user", () => {
  test.each([
    ["", undefined],
    ["root", { uid: 0, gid: 0 }],
    ["33", { uid: 33, gid: 44 }],
    ["1000", { uid: 1000, gid: 0 }],
    ["1000:1001", { uid: 1000, gid: 1001 }],
    ["web:staff", { uid: 33, gid: 50 }],
    ["web:7", { uid: 33, gid: 7 }],
    ["1000:staff", { uid: 1000, gid: 50 }],
  ])("%j", (User, expected) => {
    expect(containerConfig(root, { User }).process.user).toEqual(expected);
  });

  test.each([
    ["nobody", "etc/passwd"],
    ["web:nogroup", "etc/group"],
  ])("%s, whom the root file system does not know", (User, file) => {
    expect(() => containerConfig(root, { User })).toThrow(
      expect.objectContaining({ code: "rootfs-user", values: { user: User, file } }) as Error,
    );
  });

  test("is looked up inside, also where /etc/passwd is a link", () => {
    const other = path.join(path.dirname(root), "root-2");
    mkdirSync(path.join(other, "etc"), { recursive: true });
    mkdirSync(path.join(other, "usr"));
    writeFileSync(path.join(other, "usr/passwd"), "inside:x:7:8:::\n");
    symlinkSync("/usr/passwd", path.join(other, "etc/passwd"));
    expect(containerConfig(other, { User: "inside" }).process.user).toEqual({ uid: 7, gid: 8 });
  });
});
