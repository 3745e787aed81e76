import { describe, expect, it } from "vitest";
import { SimulatedHost } from "./simulated-host.js";

const host = new SimulatedHost("network");

async function value(name: string): Promise<Record<string, unknown>> {
  return (await host.run(name)).value as Record<string, unknown>;
}

describe("netlink", () => {
  it("builds a container's network that iproute2 sees as it should be", async () => {
    const result = await value("network");
    expect(result).toMatchObject({
      bridge: {
        name: "cooper0",
        kind: "bridge",
        up: true,
        mtu: 1400,
        address: "02:00:00:00:00:01",
      },
      veth: { name: "veth-box", kind: "veth", up: true, mtu: 1400, peerNamespace: 0 },
      // The peer was never in this namespace.
      hostNames: ["lo", "cooper0", "veth-box"],
      links: [
        { name: "lo", up: true },
        { name: "eth0", kind: "veth", up: true, mtu: 1400, address: "02:42:0a:58:00:02" },
      ],
      eth0Addresses: [
        { address: "10.88.0.2/24", scope: "universe" },
        { address: expect.stringMatching(/^fe80::.*\/64$/) as string, scope: "link" },
      ],
      routes: [
        { destination: "default", gateway: "10.88.0.1" },
        { destination: "10.88.0.0/24" },
        { destination: "192.0.2.0/24" },
      ],
      ipLink: [{ ifname: "veth-box", master: "cooper0", operstate: "UP" }],
      ipAddress: [
        {
          ifname: "eth0",
          address: "02:42:0a:58:00:02",
          operstate: "UP",
          addr_info: [
            {
              family: "inet",
              local: "10.88.0.2",
              prefixlen: 24,
              scope: "global",
              label: "eth0",
            },
            {},
          ],
        },
      ],
    });
    // Exactly what `ip route add` itself makes.
    expect(result["ipRoute"]).toEqual([
      { dst: "default", gateway: "10.88.0.1", dev: "eth0", flags: [] },
      {
        dst: "10.88.0.0/24",
        dev: "eth0",
        protocol: "kernel",
        scope: "link",
        prefsrc: "10.88.0.2",
        flags: [],
      },
      { dst: "192.0.2.0/24", dev: "eth0", scope: "link", flags: [] },
    ]);
    const { bridge, veth, addresses } = result as {
      bridge: { index: number };
      veth: { master: number };
      addresses: { address: string; scope: string }[];
    };
    expect(veth.master).toBe(bridge.index);
    expect(addresses).toContainEqual(
      expect.objectContaining({ address: "127.0.0.1/8", scope: "host" }),
    );
  });

  it("renames, moves, joins and leaves a bridge, deletes", async () => {
    const result = await value("changes");
    expect(result).toMatchObject({
      joined: { name: "west", master: expect.any(Number) as number, up: true, mtu: 1300 },
      left: { name: "west", up: false },
      moved: { name: "east", kind: "veth", up: false },
      addresses: expect.arrayContaining([
        expect.objectContaining({ address: "192.0.2.1/30" }),
        expect.objectContaining({ address: "2001:db8::1/64" }),
      ]) as unknown,
      local: [{ address: "127.0.0.9/8", scope: "host" }],
      routes: [{ destination: "2001:db8:1::/48", gateway: "2001:db8::2", family: 10 }],
      after: { names: ["lo", "bridge0"] },
      last: ["lo"],
      // The kernel takes tens of milliseconds for a bridge, and the event loop goes on.
      turns: expect.toSatisfy((turns: number) => turns > 2) as number,
    });
    for (const key of ["gone", "here"]) expect(result).not.toHaveProperty(key);
    expect(result["left"]).not.toHaveProperty("master");
    expect(result["after"]).not.toHaveProperty("east");
  });

  it("reports the kernel's own words, and refuses what is malformed", async () => {
    expect(await value("refusals")).toEqual({
      properties: {
        name: "NetlinkError",
        request: "add route default via 192.0.2.1",
        errno: 101,
        errnoName: "ENETUNREACH",
        meaning: "network is unreachable",
        extended: "Nexthop has invalid gateway",
      },
      route:
        "NetlinkError: add route default via 192.0.2.1: ENETUNREACH (network is unreachable): Nexthop has invalid gateway",
      exists: "NetlinkError: create bridge bridge0: EEXIST (already exists)",
      address:
        "NetlinkError: add address 10.0.0.1/24 on bridge0: EEXIST (already exists): ipv4: Address already assigned",
      noLink: "NetlinkError: set link nothing: up: ENODEV (no such device)",
      noDelete: "NetlinkError: delete link nothing: ENODEV (no such device)",
      master: expect.stringMatching(
        /^NetlinkError: set link bridge0: master 1: EOPNOTSUPP \(operation not supported\)/,
      ) as string,
      mtu: "NetlinkError: set link bridge0: mtu 70000: EINVAL (invalid argument): mtu greater than device maximum",
      namespace: expect.stringMatching(
        /^NetlinkError: set link bridge0: namespace of descriptor 0: EINVAL/,
      ) as string,
      longName: 'TypeError: not a name for a link: "sixteen-letters!"',
      noAddress: 'TypeError: not an IP address: "10.0.0.300"',
      noLength: 'TypeError: not an IP prefix: "10.0.0.2/33"',
      noTarget: "TypeError: the route to 10.1.0.0/16 has neither gateway nor link",
      families: "TypeError: the route to ::/0 has a gateway of another family",
      still: true,
    });
  });
});

describe("network namespaces", () => {
  it("are pinned under a name as iproute2 pins them, and deleted", async () => {
    expect(await value("named")).toEqual({
      listed: ["first", "second"],
      duplicate: expect.stringMatching(/^Error: EEXIST: .*'\/run\/netns\/first'$/) as string,
      differs: true,
      lo: true,
      thrown: "Error: inside",
      promised: "TypeError: what runs in another namespace must be over when it returns",
      notOne: expect.stringMatching(/^SystemCallError: setns\(0, CLONE_NEWNET\): EINVAL/) as string,
      propagation: "shared:N",
      missing: expect.stringMatching(/^Error: ENOENT: /) as string,
      badNames: ["", ".", "..", "a/b"].map(
        (name) => `TypeError: not a name for a network namespace: ${JSON.stringify(name)}`,
      ),
      left: [],
      restored: true,
      descriptors: 0,
    });
  });

  it("come and go in mount namespaces that follow this one", async () => {
    expect(await value("propagated")).toEqual({
      made: ["/run/netns/early", "/run/netns/late"],
      deleted: [],
    });
  });
});
