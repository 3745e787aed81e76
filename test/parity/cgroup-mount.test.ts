import { describe, expect, it } from "vitest";
import type { ContainerInput } from "../../src/index.js";
import { testContainer } from "./test-container.js";

const limited = (container: ContainerInput = {}) =>
  testContainer({
    ...{ privileged: false, network: { mode: "none" } },
    resources: { memory: { limit: "64MiB" }, pids: { limit: 50 } },
    ...container,
  });

/** What programs look at, by either version. */
const look = `cd /sys/fs/cgroup
  cat memory/memory.limit_in_bytes memory.max pids/pids.max pids.max 2>/dev/null
  for file in pids/pids.max pids.max; do [ -e $file ] && (echo max >$file); done 2>&1
  busybox mkdir memory/below below 2>/dev/null || echo end`;

const userNamespace: ContainerInput = {
  uidMappings: [{ containerID: 0, hostID: 100_000, size: 65_536 }],
};

describe("a limited container that is not privileged", () => {
  it.each<[string, ContainerInput]>([
    ["as a rule", {}],
    ["with a user namespace", userNamespace],
    ["that sees the /sys of the host", { ...userNamespace, network: { mode: "host" } }],
    ["in a root that is made for it", { root: { build: { commands: ["sh"] } } }],
  ])("%s sees its own group and cannot change it", async (_, container) => {
    const { kernel } = await limited(container)
      .withCommand("sh", "-c", look)
      .expectSameOnBothPaths();
    expect(kernel.stdout).toMatch(/^67108864\n50\nsh: can't create .*pids.max: .*\nend\n$/);
    const { groups = [], mounts = [] } = kernel.state?.cgroup ?? {};
    expect(mounts.map((each) => each.readonly)).toEqual(mounts.map(() => true));
    expect(mounts.flatMap(({ group }) => group ?? [])).toContain(groups[0]);
  });

  it.each<[string, ContainerInput]>([
    ["it has no /sys", { mounts: [{ destination: "/proc", type: "proc" }] }],
    ["it is privileged", { privileged: true }],
  ])("sees none where %s", async (_, container) => {
    const { kernel } = await limited(container).expectSameOnBothPaths();
    expect(kernel.state?.cgroup).not.toHaveProperty("mounts");
  });
});
