/** An IPv4 subnet; addresses are unsigned 32-bit integers. */
export interface Subnet {
  /** The network address, such as 10.200.1.0. */
  readonly network: number;
  /** Prefix length in bits, 8 to 30. */
  readonly prefix: number;
  /** The first host address: the bridge's own. */
  readonly gateway: number;
  /** The first and last address a container may get. */
  readonly first: number;
  readonly last: number;
}

/** Reads `10.200.1.0/24`; undefined when it is not a network address with a prefix length of 8 to 30. */
export function parseSubnet(text: string): Subnet | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = match.slice(1).map(Number);
  if ([a, b, c, d].some((part) => part > 255) || prefix < 8 || prefix > 30) return undefined;
  if (formatAddress(a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) !== text.split("/")[0])
    return undefined;
  const network = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  const size = 2 ** (32 - prefix);
  if (network % size !== 0) return undefined;
  return { network, prefix, gateway: network + 1, first: network + 2, last: network + size - 2 };
}

/** An address in dotted form. */
export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => String(Math.floor(address / 2 ** shift) % 256)).join(".");
}

/** The subnet that an address is in: 10.200.1.0/24 for 10.200.1.1/24. */
export function subnetOf(address: string): string {
  const [host = "", prefix = ""] = address.split("/");
  const number = host.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
  const size = 2 ** (32 - Number(prefix));
  return `${formatAddress(number - (number % size))}/${prefix}`;
}

/** The address that stands for every address of the host. */
export const anyAddress = "0.0.0.0";
