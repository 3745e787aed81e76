import { isIPv4 } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatAddress, parseSubnet } from "../../src/model/subnet.js";

test("names the gateway and the addresses that can be leased", () => {
  const { network, prefix, gateway, first, last } = parseSubnet("10.200.1.0/24") ?? {};
  expect({
    prefix,
    ends: [network, gateway, first, last].map((each) => formatAddress(each ?? -1)),
  }).toEqual({ prefix: 24, ends: ["10.200.1.0", "10.200.1.1", "10.200.1.2", "10.200.1.254"] });
});

test("the smallest subnet has one address to lease, the largest all of its own", () => {
  const small = parseSubnet("192.0.2.252/30");
  expect(formatAddress(small?.first ?? 0)).toBe("192.0.2.254");
  expect(small?.last).toBe(small?.first);
  expect(formatAddress(parseSubnet("10.0.0.0/8")?.last ?? 0)).toBe("10.255.255.254");
  expect(formatAddress(parseSubnet("255.255.255.0/24")?.last ?? 0)).toBe("255.255.255.254");
});

test.each([
  "",
  "10.200.1.0",
  "10.200.1.1/24",
  "10.200.1.0/7",
  "10.200.1.0/31",
  "10.200.1.0/024",
  "10.200.01.0/24",
  "10.200.256.0/24",
  "10.200.1/24",
  "10.200.1.0/24 ",
  "10.200.1.0/24\n",
  "fd00::/64",
  "0x0a.0.0.0/8",
])("%j is no subnet", (text) => {
  expect(parseSubnet(text)).toBeUndefined();
});

test("every subnet's addresses lie inside it, between its ends", () => {
  fc.assert(
    fc.property(fc.nat(0xffff_ffff), fc.integer({ min: 8, max: 30 }), (address, prefix) => {
      const size = 2 ** (32 - prefix);
      const network = address - (address % size);
      const subnet = parseSubnet(`${formatAddress(network)}/${String(prefix)}`);
      expect(subnet).toEqual({
        network,
        prefix,
        gateway: network + 1,
        first: network + 2,
        last: network + size - 2,
      });
      expect(isIPv4(formatAddress(subnet?.last ?? -1))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
