/** Runs inside a simulated host: a question a line in, an answer a line out. See `observer.ts`. */
import { createInterface } from "node:readline";
import { observe, observeHost } from "../../src/executor/observe.js";
import type { Answer, Request } from "./observer.js";

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as Request;
  const answer: Answer = await (
    "host" in request ? observeHost(request.runDirectory) : observe(request.container, request)
  ).then(
    (result) => ({ result }),
    (error: unknown) => ({ error: error instanceof Error ? (error.stack ?? "") : String(error) }),
  );
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
