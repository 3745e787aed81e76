import { SystemCallError } from "../system-call-error.js";
import { decodeAttributes } from "./message.js";
import { NetlinkError } from "./netlink-error.js";
import { NetlinkSocket } from "./socket.js";

/** Source: include/uapi/linux/netfilter/{nfnetlink,nf_tables}.h. */
const NFNL_SUBSYS_NFTABLES = 10;
const NFT_MSG_GETGEN = 16;
const NFTA_GEN_ID = 1;
/** struct nfgenmsg: family, version and a resource id, all of which are 0 here. */
const generalMessageSize = 4;

/**
 * The generation of the nftables rule set of this network namespace: another number after every change of it,
 * whoever made that. Undefined where the kernel has no nftables.
 */
export function rulesetGeneration(): number | undefined {
  try {
    using socket = new NetlinkSocket(undefined, "NETLINK_NETFILTER");
    const [answer] = socket.get({
      type: (NFNL_SUBSYS_NFTABLES << 8) | NFT_MSG_GETGEN,
      body: Buffer.alloc(generalMessageSize),
      description: "get the generation of the rule set",
    });
    const attributes = decodeAttributes(
      answer?.body.subarray(generalMessageSize) ?? Buffer.alloc(0),
    );
    return attributes.get(NFTA_GEN_ID)?.readUInt32BE(0);
  } catch (error) {
    if (error instanceof NetlinkError || error instanceof SystemCallError) return undefined;
    throw error;
  }
}
