import { readFileSync, writeSync } from "node:fs";
import { runInside } from "../../executor/parity/inside.js";
import type { ParityRequest } from "../../executor/parity/request.js";

/** The hidden half of `cooper parity`, which runs in a simulated host: a request in, an outcome out. */
export async function parityInsideCommand(): Promise<void> {
  const request = JSON.parse(readFileSync(0, "utf8")) as ParityRequest;
  const answer = Buffer.from(JSON.stringify(await runInside(request)));
  for (let written = 0; written < answer.length;) written += writeSync(1, answer, written);
}
