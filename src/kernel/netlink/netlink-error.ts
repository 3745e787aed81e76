import { describeErrno } from "../errno.js";

/**
 * A netlink request that the kernel refused. The message reads
 * `add route default via 10.0.0.9: ENETUNREACH (network is unreachable): Nexthop has invalid gateway`.
 */
export class NetlinkError extends Error {
  override readonly name = "NetlinkError";
  readonly errnoName: string;
  readonly meaning: string;

  constructor(
    /** What was asked for, in words. */
    readonly request: string,
    /** The error number, positive. */
    readonly errno: number,
    /** The kernel's own text about this very case, where it has one; in English. */
    readonly extended: string | undefined,
  ) {
    const [errnoName, meaning] = describeErrno(errno);
    super(`${request}: ${errnoName} (${meaning})${extended === undefined ? "" : `: ${extended}`}`);
    this.errnoName = errnoName;
    this.meaning = meaning;
  }
}
