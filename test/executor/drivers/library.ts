/** Cases that use the library as a program does. Each runs in a process of its own in a simulated host. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import type { Readable } from "node:stream";
import { text as readText } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import {
  ContainerError,
  type ContainerInput,
  CooperError,
  findContainer,
  listContainers,
  param,
  parseContainer,
  run,
  StepError,
  text,
} from "../../../src/index.js";

const plain = {
  name: "box",
  privileged: true,
  root: { path: "/tmp/alpine-rootfs" },
  process: { args: ["/bin/sh"], env: { PATH: "/bin" } },
} satisfies ContainerInput;

/** Everything that comes out of a stream. */
const read = (stream: Readable | undefined) =>
  stream === undefined ? Promise.resolve("") : readText(stream);

const left = () => ({
  containers: readdirSync("/run/cooper/containers"),
  namespaces: existsSync("/run/netns") ? readdirSync("/run/netns") : [],
});

export async function pipes() {
  const box = await run(plain, {
    stdio: "pipe",
    command: ["sh", "-c", 'read -r line; echo "<$line>"; echo problem >&2; cat | wc -c; exit 4'],
  });
  const much = "x".repeat(300_000);
  box.stdin?.end(`first\n${much}`);
  const [stdout, stderr, status] = await Promise.all([
    read(box.stdout),
    read(box.stderr),
    box.wait(),
  ]);
  return { stdout, stderr, status, left: left() };
}

export async function ignored() {
  const box = await run(plain, { stdio: "ignore", command: ["sh", "-c", "cat; echo lost"] });
  return { status: await box.wait(), streams: [box.stdin, box.stdout, box.stderr] };
}

export async function abort() {
  const before = AbortSignal.abort(new Error("before"));
  const refused = await run(plain, { signal: before }).catch((error: unknown) => String(error));
  const controller = new AbortController();
  const box = await run(plain, { signal: controller.signal, command: ["sleep", "99"] });
  setTimeout(() => controller.abort(), 20);
  const status = await box.wait();
  const during = new AbortController();
  const steps: string[] = [];
  const interrupted = await run(plain, {
    signal: during.signal,
    onStep: ({ id }) => {
      steps.push(id);
      if (steps.length === 2) during.abort(new Error("during"));
    },
  }).catch((error: unknown) => String(error));
  return { refused, status, interrupted, steps: steps.length, left: left() };
}

export async function disposed() {
  let pid: number;
  {
    await using box = await run(plain, { stdio: "ignore", command: ["sleep", "99"] });
    await using command = await box.exec(["sleep", "98"], { stdio: "ignore" });
    pid = box.pid;
    if (!existsSync(`/proc/${command.pid}`)) throw new Error("exec started nothing");
  }
  return { gone: !existsSync(`/proc/${pid}`), left: left(), listed: listContainers() };
}

export async function errors() {
  const failures = [
    () => run({ ...plain, process: { args: [] } }),
    () => run({ ...plain, root: { path: "/no/such" } }),
    () => run(plain, { params: { NOPE: 1 } }),
    () => run(plain, { command: ["nope"] }),
    () => run(plain, { command: ["/etc"] }),
    () => run({ ...plain, process: { ...plain.process, cwd: "/no" } }),
    () => Promise.resolve().then(() => findContainer("nobody")),
    () => run(plain, { stdio: ["ignore", "pipe"] as never }),
  ];
  const told: unknown[] = [];
  for (const fail of failures)
    await fail().then(
      () => told.push("nothing failed"),
      (error: unknown) => {
        if (error instanceof StepError)
          told.push([error.code, error.step, error.exitCode, error.path, error.leftBehind.length]);
        else if (error instanceof CooperError || error instanceof ContainerError)
          told.push([error.code]);
        else told.push(String(error));
      },
    );
  const box = await run(plain, { stdio: "ignore", command: ["sleep", "99"] });
  const second = await run(plain).catch((error: unknown) => (error as StepError).code);
  const odd = await Promise.allSettled([box.exec([]), box.exec(["nope"])]);
  const codes = odd.map((each) =>
    each.status === "rejected" ? (each.reason as StepError).code : "started",
  );
  box.kill("SIGTERM");
  const status = await box.wait();
  const after = await Promise.allSettled([box.exec(["true"]), box.stats(), box.observe()]);
  return {
    told,
    second,
    codes,
    status,
    killed: box.kill(),
    after: after.map((each) =>
      each.status === "rejected" ? (each.reason as ContainerError).code : "worked",
    ),
    left: left(),
  };
}

export async function exec() {
  const box = await run(plain, { stdio: "ignore", command: ["sleep", "99"] });
  const output = async (args: readonly string[], options = {}) => {
    const command = await box.exec(args, { stdio: "pipe", ...options });
    // A command may end without reading what it was given.
    command.stdin?.on("error", () => {});
    command.stdin?.end("input\n");
    const [stdout, status] = await Promise.all([read(command.stdout), command.wait()]);
    return { stdout, status };
  };
  const results = {
    plain: await output(["sh", "-c", "cat; pwd; id -u; echo $PATH"]),
    changed: await output(["sh", "-c", "pwd; id -u; id -g; echo $A"], {
      env: { PATH: "/bin", A: "b c" },
      cwd: "/tmp",
      user: { uid: 7, gid: 8 },
    }),
    signal: await (async () => {
      const command = await box.exec(["sleep", "99"], { stdio: "ignore" });
      await sleep(20);
      command.kill("SIGTERM");
      return command.wait();
    })(),
    // The end of process 1 is the end of everything in its pid namespace.
    together: await (async () => {
      const command = await box.exec(["sleep", "99"], { stdio: "ignore" });
      box.kill("SIGKILL");
      return command.wait();
    })(),
  };
  await box.wait();
  return { ...results, left: left() };
}

export async function stats() {
  const box = await run(plain, {
    stdio: "ignore",
    command: ["sh", "-c", "while :; do :; done"],
  });
  await sleep(300);
  const [now, since] = [await box.stats({ interval: 300 }), await box.stats({ interval: 0 })];
  box.kill("SIGKILL");
  await box.wait();
  return { now, since };
}

export async function many(count: number) {
  const boxes = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      run(
        { ...plain, name: `box${index}`, network: { mode: "bridge" } },
        { stdio: "ignore", command: ["sleep", "99"] },
      ),
    ),
  );
  const listed = listContainers();
  const addresses = new Set(boxes.map(({ address }) => address));
  for (const box of boxes) box.kill();
  const statuses = await Promise.all(boxes.map((box) => box.wait()));
  return {
    listed: listed.filter(({ status }) => status === "running").length,
    addresses: addresses.size,
    statuses: [...new Set(statuses.map((each) => JSON.stringify(each)))],
    left: left(),
    descriptors: readdirSync("/proc/self/fd").length,
  };
}

/** One spec, several containers of it: nothing of one shows in the next. */
export async function again() {
  const word = param.text("WORD", { default: "first" });
  const spec = parseContainer({
    ...plain,
    hostname: param.name("CONTAINER_HOST", { default: "one" }),
    process: { ...plain.process, args: ["sh", "-c", text`echo ${word} $(hostname) $0`] },
  });
  const outputs = [];
  for (const options of [
    {},
    { params: { WORD: "second", CONTAINER_HOST: "two" } },
    { params: { WORD: "second", CONTAINER_HOST: "three" } },
    { command: ["echo", "third"] as const },
    {},
  ]) {
    const box = await run(spec, { ...options, stdio: "pipe" });
    outputs.push(await read(box.stdout));
    await box.wait();
  }
  const frozen = [spec, spec.process, spec.mounts, spec.mounts[0]].map((each) =>
    Object.isFrozen(each),
  );
  return { outputs, frozen, left: left() };
}

const firewall = (...args: string[]) =>
  execFileSync("iptables-save", { encoding: "utf8" })
    .split("\n")
    .filter((line) => args.every((each) => line.includes(each))).length;

/** Rules that somebody takes away while containers run are there again for the next. */
export async function firewallChanges() {
  const bridged = (name: string): ContainerInput => ({
    ...plain,
    name,
    network: { mode: "bridge", subnet: "10.99.1.0/24" },
  });
  const command = ["sleep", "1000"] as const;
  const boxes = [];
  const found = [];
  for (const name of ["one", "two", "three"]) {
    boxes.push(await run(bridged(name), { command }));
    found.push(firewall("-j MASQUERADE", "10.99.1.0/24"));
  }
  execFileSync("iptables", ["-t", "nat", "-F", "POSTROUTING"]);
  found.push(firewall("-j MASQUERADE"));
  boxes.push(await run(bridged("four"), { command }));
  found.push(firewall("-j MASQUERADE", "10.99.1.0/24"));
  for (const each of boxes) each.kill("SIGKILL");
  await Promise.all(boxes.map((each) => each.wait()));
  found.push(firewall("10.99.1.0/24"));
  return found;
}
