/** The socket calls that network interfaces need. Source: socket(2), netlink(7), netdevice(7). */
import { flags, integer, late, memory, nullPointer, quoted, written } from "../arguments.js";
import { flagsText } from "../constants/names.js";
import type { Late, SystemCall } from "../system-call.js";

const AF_INET = 2;
const AF_NETLINK = 16;
const SOCK_DGRAM = 2;
const SOCK_RAW = 3;
const SOCK_CLOEXEC = 0x80000;
/** Which part of the kernel a netlink socket talks to. */
const netlinkFamilies = { NETLINK_ROUTE: 0, NETLINK_NETFILTER: 12 } as const;
export type NetlinkFamily = keyof typeof netlinkFamilies;
const SOL_NETLINK = 270;
export const MSG_PEEK = 0x2;
export const MSG_TRUNC = 0x20;
export const MSG_DONTWAIT = 0x40;
const messageFlags = { MSG_PEEK, MSG_TRUNC, MSG_DONTWAIT };

/** socket(2) for netlink(7). Returns a descriptor that closes on execve. */
export function netlinkSocket(family: NetlinkFamily): SystemCall {
  return {
    name: "socket",
    arguments: [
      integer(AF_NETLINK, "AF_NETLINK"),
      integer(SOCK_RAW | SOCK_CLOEXEC, "SOCK_RAW|SOCK_CLOEXEC"),
      integer(netlinkFamilies[family], family),
    ],
  };
}

/** socket(2) for the requests of netdevice(7), which any socket of the namespace takes. */
export function internetSocket(): SystemCall {
  return {
    name: "socket",
    arguments: [
      integer(AF_INET, "AF_INET"),
      integer(SOCK_DGRAM | SOCK_CLOEXEC, "SOCK_DGRAM|SOCK_CLOEXEC"),
      integer(0, "IPPROTO_IP"),
    ],
  };
}

const SIOCSIFFLAGS = 0x8914;
/** Flags of an interface. Source: netdevice(7). */
export const IFF_UP = 0x1;
const interfaceFlags = { IFF_UP };
/** The size of struct ifreq, and of the name it begins with. */
const interfaceRequest = { size: 40, name: 16 };

/** ioctl(2) SIOCSIFFLAGS: sets the flags of an interface in the socket's network namespace. */
export function setInterfaceFlags(fd: Late, name: string, flagBits: number): SystemCall {
  const request = Buffer.alloc(interfaceRequest.size);
  request.write(name.slice(0, interfaceRequest.name - 1), "latin1");
  request.writeUInt16LE(flagBits, interfaceRequest.name);
  const text = () =>
    `{ifr_name=${quoted(Buffer.from(name))}, ifr_flags=${flagsText(flagBits, interfaceFlags)}}`;
  return {
    name: "ioctl",
    arguments: [late(fd), integer(SIOCSIFFLAGS, "SIOCSIFFLAGS"), memory(request, text)],
  };
}

/** setsockopt(2) of an option of netlink that is a switch. */
export function setNetlinkOption(
  fd: number,
  option: { readonly name: string; readonly number: number },
  on: boolean,
): SystemCall {
  const value = new Uint8Array(Int32Array.of(on ? 1 : 0).buffer);
  return {
    name: "setsockopt",
    arguments: [
      integer(fd),
      integer(SOL_NETLINK, "SOL_NETLINK"),
      integer(option.number, option.name),
      memory(value, `[${on ? 1 : 0}]`),
      integer(value.length),
    ],
  };
}

/** sendto(2) without an address: for a netlink socket, to the kernel. */
export function send(fd: number, bytes: Uint8Array): SystemCall {
  return {
    name: "sendto",
    arguments: [
      integer(fd),
      memory(bytes, () => quoted(bytes)),
      integer(bytes.length),
      integer(0),
      nullPointer,
      integer(0),
    ],
  };
}

/** recvfrom(2) without the sender's address. With MSG_TRUNC it returns the message's full size. */
export function receive(fd: number, bytes: Uint8Array, flagBits: number): SystemCall {
  return {
    name: "recvfrom",
    arguments: [
      integer(fd),
      written(bytes, '""'),
      integer(bytes.length),
      flags(flagBits, messageFlags),
      nullPointer,
      nullPointer,
    ],
  };
}
