import { afterEach, expect, test, vi } from "vitest";
import { findTool } from "../../src/steps/find-tool.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each(["/usr/bin:/bin", "", undefined])(
  "administrators' tools are found with PATH %j",
  (path) => {
    vi.stubEnv("PATH", path);
    expect(findTool("chroot")).toMatch(/^(\/usr)?\/sbin\/chroot$/);
    expect(findTool("no-such-tool")).toBeUndefined();
  },
);
