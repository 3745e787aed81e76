import { describe, expect, it } from "vitest";
import { decodeAddress } from "../../src/kernel/netlink/addresses.js";
import {
  formatAddress,
  parseAddress,
  parsePrefix,
} from "../../src/kernel/netlink/internet-address.js";
import { decodeLink } from "../../src/kernel/netlink/links.js";
import {
  decodeAttributes,
  decodeMessages,
  encodeAttributes,
  encodeMessage,
  number32,
  text,
} from "../../src/kernel/netlink/message.js";
import { decodeRoute } from "../../src/kernel/netlink/routes.js";

/** Bytes written as hexadecimal with spaces wherever they help. */
function bytes(...hex: string[]): Buffer {
  return Buffer.from(hex.join("").replaceAll(" ", ""), "hex");
}

describe("messages", () => {
  it("have a header of length, type, flags, sequence number and port", () => {
    const message = { type: 18, flags: 0x5, sequence: 7, body: bytes("aabbccdd") };
    expect(encodeMessage(message)).toEqual(
      bytes("14000000 1200 0500 07000000 00000000", "aabbccdd"),
    );
  });

  it("are padded to four bytes in a datagram", () => {
    const datagram = bytes(
      ...["11000000 1000 0200 01000000 00000000", "ff 000000"],
      ...["10000000 0300 0200 01000000 00000000"],
    );
    expect(decodeMessages(datagram)).toEqual([
      { type: 16, flags: 2, sequence: 1, body: bytes("ff") },
      { type: 3, flags: 2, sequence: 1, body: bytes("") },
    ]);
  });

  it.each(["0f000000 1000 0200 01000000 00000000", "20000000 1000 0200 01000000 00000000", "1000"])(
    "with a wrong length are refused: %s",
    (hex) => expect(() => decodeMessages(bytes(hex))).toThrow(RangeError),
  );
});

describe("attributes", () => {
  it("are padded, nested, and their lengths count no padding", () => {
    const encoded = encodeAttributes([
      { type: 3, value: text("br0") },
      { type: 18, value: [{ type: 1, value: Buffer.from("bridge") }] },
      { type: 10, value: number32(5) },
    ]);
    expect(encoded).toEqual(
      bytes(
        "0800 0300 62723000",
        "1000 1280", // IFLA_LINKINFO | NLA_F_NESTED
        "0a00 0100 627269646765 0000",
        "0800 0a00 05000000",
      ),
    );
    const decoded = decodeAttributes(encoded);
    expect([...decoded.keys()]).toEqual([3, 18, 10]);
    const inner = decodeAttributes(decoded.get(18) ?? Buffer.alloc(0));
    expect(inner.get(1)).toEqual(Buffer.from("bridge"));
  });

  it.each(["0300 0100", "0900 0100 00000000"])("with a wrong length are refused: %s", (hex) =>
    expect(() => decodeAttributes(bytes(hex))).toThrow(RangeError),
  );
});

describe("what the kernel sends", () => {
  const message = (type: number, body: Buffer) => ({ type, flags: 0, sequence: 1, body });

  it("is read as a link", () => {
    const body = bytes(
      "00 00 0100 04000000 43100100 00000000",
      "0a00 0300 7665746830 00 0000",
      ...["0800 0400 78050000", "0800 0500 02000000", "0800 0a00 03000000", "0800 2500 00000000"],
      ...["0a00 0100 02420a580002 0000", "0c00 1280 0800 0100 76657468"],
    );
    expect(decodeLink(message(16, body))).toEqual({
      ...{ index: 4, name: "veth0", kind: "veth", up: true, mtu: 1400 },
      ...{ address: "02:42:0a:58:00:02", master: 3, peer: 2, peerNamespace: 0 },
    });
  });

  it("is read as an address", () => {
    const body = bytes(
      "02 18 80 00 04000000",
      ...["0800 0100 0a580002", "0800 0200 0a580002", "0800 0400 0a5800ff"],
    );
    expect(decodeAddress(message(20, body))).toEqual({
      ...{ link: 4, address: "10.88.0.2/24", broadcast: "10.88.0.255", scope: "universe" },
    });
  });

  it("is read as a route", () => {
    const body = bytes(
      "02 00 00 00 fe 03 00 01 00000000",
      ...["0800 0f00 fe000000", "0800 0500 0a580001", "0800 0400 04000000", "0800 0600 64000000"],
    );
    expect(decodeRoute(message(24, body))).toEqual({
      ...{ destination: "default", family: 2, gateway: "10.88.0.1", link: 4, metric: 100 },
    });
  });
});

describe("addresses", () => {
  it.each([
    ["10.88.0.1", "0a580001", "10.88.0.1"],
    ["2001:DB8::1", "20010db8000000000000000000000001", "2001:db8::1"],
    ["::", "00".repeat(16), "::"],
    ["::ffff:1.2.3.4", "00000000000000000000ffff01020304", "::ffff:102:304"],
    ["1:2:3:4:5:6:7:8", "00010002000300040005000600070008", "1:2:3:4:5:6:7:8"],
    ["fe80::", `fe80${"00".repeat(14)}`, "fe80::"],
  ])("%s is %s and prints as %s", (address, hex, printed) => {
    expect(parseAddress(address).bytes.toString("hex")).toBe(hex);
    expect(formatAddress(bytes(hex))).toBe(printed);
  });

  it.each(["", "1.2.3", "1.2.3.4.5", "256.0.0.1", "::1%eth0", "host"])("%j is none", (address) =>
    expect(() => parseAddress(address)).toThrow(TypeError),
  );

  it("may have a prefix length, within its bits", () => {
    expect(parsePrefix("10.0.0.1/8").length).toBe(8);
    expect(parsePrefix("10.0.0.1").length).toBe(32);
    expect(parsePrefix("::1").length).toBe(128);
    for (const wrong of ["10.0.0.1/33", "10.0.0.1/", "10.0.0.1/8/8", "10.0.0.1/-1", "::/129"])
      expect(() => parsePrefix(wrong)).toThrow(TypeError);
  });
});
