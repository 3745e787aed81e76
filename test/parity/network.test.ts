/** Bridged containers on hosts whose firewall is not the plainest, on both paths. */
import { describe, expect, it } from "vitest";
import { firewalls, useFirewall } from "../host/firewall.js";
import { addOutsideWorld, askPeer, hostAddress, outsideAddress } from "../host/outside-world.js";
import { testContainer } from "./test-container.js";

const bridge = { mode: "bridge", bridge: "test-br0", subnet: "10.200.7.0/24" } as const;

describe.each(firewalls)("with the rules of iptables-%s", (firewall) => {
  it("a container gets out of a host that forwards nothing by itself, as with Docker", async () => {
    const { kernel } = await testContainer({ network: bridge })
      .onHost((host) => useFirewall(host, firewall))
      .onHost(addOutsideWorld)
      .onHost((host) => host.must("iptables", "--policy", "FORWARD", "DROP"))
      .withCommand("sh", "-c", askPeer(outsideAddress))
      .expectSameOnBothPaths();
    expect(kernel).toMatchObject({ status: 0, stdout: `${hostAddress}\n` });
    expect(kernel.left.rules).toEqual(["filter :FORWARD DROP"]);
  });
});

it("a rule of the host's own comes first", async () => {
  const { kernel } = await testContainer({ network: bridge })
    .onHost(addOutsideWorld)
    .onHost((host) => host.must("iptables", "-A", "FORWARD", "-d", outsideAddress, "-j", "REJECT"))
    .withCommand("sh", "-c", `${askPeer(outsideAddress)} || echo no`)
    .expectSameOnBothPaths();
  expect(kernel.stdout).toBe("no\n");
});
