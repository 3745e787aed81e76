import { closeSync } from "node:fs";
import {
  MSG_DONTWAIT,
  MSG_PEEK,
  MSG_TRUNC,
  receive,
  netlinkSocket,
  type NetlinkFamily,
  send,
  setNetlinkOption,
} from "../calls/socket.js";
import { performSystemCall, performSystemCallAside } from "../libc.js";
import { withNetworkNamespace } from "../namespaces.js";
import type { SystemCall } from "../system-call.js";
import {
  messageType,
  NETLINK_CAP_ACK,
  NETLINK_EXT_ACK,
  NETLINK_GET_STRICT_CHK,
  NLM_F_ACK,
  NLM_F_ACK_TLVS,
  NLM_F_CAPPED,
  NLM_F_DUMP,
  NLM_F_DUMP_INTR,
  NLM_F_MULTI,
  NLM_F_REQUEST,
  NLMSGERR_ATTR_MSG,
} from "./constants.js";
import {
  decodeAttributes,
  decodeMessages,
  encodeMessage,
  readText,
  type Message,
} from "./message.js";
import { NetlinkError } from "./netlink-error.js";

/** A request: its type, further flags, body, and what it asks for in words, for error messages. */
export interface Request {
  readonly type: number;
  readonly flags?: number;
  readonly body: Buffer;
  readonly description: string;
}

/**
 * A socket for netlink(7) in one network namespace. The kernel carries out a request, and has its answer ready,
 * before `send` returns.
 */
export class NetlinkSocket implements Disposable {
  readonly #fd: number;
  #sequence = 0;

  /**
   * Opens the socket.
   * @param namespaceFd the network namespace it is to be in; default: that of this process
   * @param family the part of the kernel to talk to; default: rtnetlink(7)
   * @throws SystemCallError
   */
  constructor(namespaceFd?: number, family: NetlinkFamily = "NETLINK_ROUTE") {
    const open = (): number => performSystemCall(netlinkSocket(family));
    this.#fd = namespaceFd === undefined ? open() : withNetworkNamespace(namespaceFd, open);
    for (const option of [NETLINK_EXT_ACK, NETLINK_CAP_ACK, NETLINK_GET_STRICT_CHK])
      performSystemCall(setNetlinkOption(this.#fd, option, true));
  }

  close(): void {
    closeSync(this.#fd);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /**
   * Asks for a change.
   * @throws NetlinkError when the kernel refuses
   */
  change(request: Request): void {
    this.#exchange(request, NLM_F_ACK);
  }

  /**
   * Asks for a change that takes the kernel long, without blocking the event loop; nothing else may be asked for
   * meanwhile.
   * @throws NetlinkError (rejects) when the kernel refuses
   */
  async changeAside(request: Request): Promise<void> {
    const sequence = ++this.#sequence;
    await performSystemCallAside(this.#sending(request, NLM_F_ACK, sequence));
    this.#answers(request, sequence);
  }

  /**
   * Asks for one thing.
   * @throws NetlinkError when the kernel refuses, with ENODEV when there is no such link
   */
  get(request: Request): Message[] {
    return this.#exchange(request, NLM_F_ACK);
  }

  /**
   * Asks for all there are of a kind; asks again when a change disturbed the list.
   * @throws NetlinkError when the kernel refuses
   */
  list(request: Request): Message[] {
    for (;;) {
      const messages = this.#exchange(request, NLM_F_DUMP);
      if (!messages.some(({ flags }) => flags & NLM_F_DUMP_INTR)) return messages;
    }
  }

  #exchange(request: Request, kind: number): Message[] {
    const sequence = ++this.#sequence;
    performSystemCall(this.#sending(request, kind, sequence));
    return this.#answers(request, sequence);
  }

  #sending({ type, flags = 0, body }: Request, kind: number, sequence: number): SystemCall {
    const all = NLM_F_REQUEST | kind | flags;
    return send(this.#fd, encodeMessage({ type, flags: all, sequence, body }));
  }

  #answers({ description }: Request, sequence: number): Message[] {
    const answers: Message[] = [];
    for (;;) {
      for (const message of decodeMessages(this.#receive())) {
        if (message.sequence !== sequence) continue;
        if (message.type === messageType.NLMSG_ERROR || message.type === messageType.NLMSG_DONE) {
          checkAcknowledgement(message, description);
          return answers;
        }
        answers.push(message);
      }
    }
  }

  /** One datagram. It never waits: an answer that is not there yet will not come. */
  #receive(): Buffer {
    const size = performSystemCall(
      receive(this.#fd, new Uint8Array(1), MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT),
    );
    const datagram = Buffer.alloc(size);
    performSystemCall(receive(this.#fd, datagram, MSG_DONTWAIT));
    return datagram;
  }
}

/** The error number of an acknowledgement, or of the end of a list, is its first word. */
function checkAcknowledgement({ type, flags, body }: Message, description: string): void {
  const errno = body.length < 4 ? 0 : -body.readInt32LE(0);
  if (errno === 0) return;
  const isDone = type === messageType.NLMSG_DONE && (flags & NLM_F_MULTI) !== 0;
  throw new NetlinkError(description, errno, extendedText(flags, body, isDone));
}

/** Size of struct nlmsgerr: the error number and the header of the request. */
const errorSize = 20;

function extendedText(flags: number, body: Buffer, isDone: boolean): string | undefined {
  if ((flags & NLM_F_ACK_TLVS) === 0) return undefined;
  const repeated = flags & NLM_F_CAPPED ? 0 : body.readUInt32LE(4) - 16;
  const start = isDone ? 4 : errorSize + repeated;
  const message = decodeAttributes(body.subarray(start)).get(NLMSGERR_ATTR_MSG);
  return message === undefined ? undefined : readText(message);
}
