import { sha256 as digest } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/** The SHA-256 of a text in UTF-8, in hexadecimal. Loading Node's own takes longer than compiling a container. */
export const sha256 = (text: string): string => bytesToHex(digest(text));
