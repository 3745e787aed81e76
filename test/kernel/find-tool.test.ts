import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { findTool } from "../../src/kernel/find-tool.js";
import { scratchDirectory } from "../support/scratch.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each(["/usr/bin:/bin", "", undefined])(
  "administrators' tools are found with PATH %j",
  (search) => {
    vi.stubEnv("PATH", search);
    expect(findTool("chroot")).toMatch(/^(\/usr)?\/sbin\/chroot$/);
    expect(findTool("no-such-tool")).toBeUndefined();
  },
);

test("the first one in PATH that can be executed is taken, if it suits", () => {
  const directories = ["directory", "text", "script", "binary"].map((name) =>
    path.join(scratchDirectory(), name),
  );
  const [directory = "", text = "", script = "", binary = ""] = directories;
  for (const each of directories) mkdirSync(each);
  mkdirSync(path.join(directory, "chroot"));
  for (const each of [text, script, binary]) writeFileSync(path.join(each, "chroot"), "");
  for (const each of [script, binary]) chmodSync(path.join(each, "chroot"), 0o755);
  vi.stubEnv("PATH", directories.join(":"));
  expect(findTool("chroot")).toBe(path.join(script, "chroot"));
  expect(findTool("chroot", (file) => file.startsWith(binary))).toBe(path.join(binary, "chroot"));
  expect(findTool("../script/chroot")).toBeUndefined();
});
