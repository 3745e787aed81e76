/** Constants of rtnetlink. Source: rtnetlink(7), include/uapi/linux/{netlink,rtnetlink,if_link}.h. */

/** Types of messages. */
export const messageType = {
  NLMSG_NOOP: 1,
  NLMSG_ERROR: 2,
  NLMSG_DONE: 3,
  RTM_NEWLINK: 16,
  RTM_DELLINK: 17,
  RTM_GETLINK: 18,
  RTM_SETLINK: 19,
  RTM_NEWADDR: 20,
  RTM_DELADDR: 21,
  RTM_GETADDR: 22,
  RTM_NEWROUTE: 24,
  RTM_DELROUTE: 25,
  RTM_GETROUTE: 26,
} as const;

/** Flags of a message's header. */
export const NLM_F_REQUEST = 0x1;
export const NLM_F_MULTI = 0x2;
export const NLM_F_ACK = 0x4;
/** In a request to get: all there are. */
export const NLM_F_DUMP = 0x300;
/** In a request for something new. */
export const NLM_F_EXCL = 0x200;
export const NLM_F_CREATE = 0x400;
/** In an acknowledgement: the request is not repeated, attributes follow. */
export const NLM_F_CAPPED = 0x100;
export const NLM_F_ACK_TLVS = 0x200;
/** The dump was disturbed by a change and is to be repeated. */
export const NLM_F_DUMP_INTR = 0x10;

/** Options of a netlink socket. */
export const NETLINK_CAP_ACK = { name: "NETLINK_CAP_ACK", number: 10 } as const;
export const NETLINK_EXT_ACK = { name: "NETLINK_EXT_ACK", number: 11 } as const;
export const NETLINK_GET_STRICT_CHK = { name: "NETLINK_GET_STRICT_CHK", number: 12 } as const;

/** Bits of an attribute's type that are not part of it. */
export const NLA_F_NESTED = 0x8000;
export const NLA_TYPE_MASK = 0x3fff;

/** Attributes of an acknowledgement. */
export const NLMSGERR_ATTR_MSG = 1;

/** Attributes of a link. */
export const IFLA_ADDRESS = 1;
export const IFLA_IFNAME = 3;
export const IFLA_MTU = 4;
export const IFLA_LINK = 5;
export const IFLA_MASTER = 10;
export const IFLA_LINKINFO = 18;
export const IFLA_NET_NS_FD = 28;
export const IFLA_LINK_NETNSID = 37;
/** Inside IFLA_LINKINFO. */
export const IFLA_INFO_KIND = 1;
export const IFLA_INFO_DATA = 2;
/** Inside IFLA_INFO_DATA of a veth. */
export const VETH_INFO_PEER = 1;

/** Attributes of an address. */
export const IFA_ADDRESS = 1;
export const IFA_LOCAL = 2;
export const IFA_BROADCAST = 4;

/** Attributes of a route. */
export const RTA_DST = 1;
export const RTA_OIF = 4;
export const RTA_GATEWAY = 5;
export const RTA_PRIORITY = 6;
export const RTA_TABLE = 15;

/** Numbers that iproute2 uses for an ordinary route. */
export const RT_TABLE_MAIN = 254;
export const RTPROT_BOOT = 3;
export const RT_SCOPE_UNIVERSE = 0;
export const RT_SCOPE_LINK = 253;
export const RT_SCOPE_HOST = 254;
export const RTN_UNICAST = 1;

export const AF_UNSPEC = 0;
export const AF_INET = 2;
export const AF_INET6 = 10;
