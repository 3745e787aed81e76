import { readdir, readFile } from "node:fs/promises";
import { isIPv4 } from "node:net";
import path from "node:path";
import { describe, expect, it, test } from "vitest";
import { type Manifest, manifest, manifestSchema } from "../../src/audit/manifest.js";
import type { ObservedHost } from "../../src/executor/observe/host.js";
import type { ObservedState } from "../../src/executor/observe/state.js";
import { parseContainer, type Spec } from "../../src/index.js";
import { readable } from "../../src/model/readable.js";
import { complete } from "../support/containers.js";
import { goldenCases, readCase, readCaseNamed } from "../golden/cases.js";
import { defaultName, makeCaseRootfs, prepareCase } from "../golden/prepare.js";
import { systemRunDirectory, userRunDirectory } from "../../src/steps/run-directory.js";
import { expectNothingLeft } from "../host/left-behind.js";
import { repository } from "../host/repository.js";
import { containerPid, scriptFile } from "../host/script.js";
import { type SimulatedHost, withSimulatedHost } from "../host/simulated-host.js";
import { preparePath, startPath } from "../parity/paths.js";
import { type HostChanges, hostChanges, traced } from "./host-changes.js";

type Change = Manifest["containers"][number]["changes"][number];

/** What happened to a host, by what it was before and while a container ran, and by what was traced. */
interface Happened extends HostChanges {
  readonly before: ObservedHost;
  readonly during: ObservedHost;
  readonly container: ObservedState;
  readonly root: string;
}

/** Of what there is now, what there was not before. */
const added = (before: readonly string[], now: readonly string[]) =>
  now.filter((each) => !before.includes(each));

const links = ({ network }: ObservedHost) => network.links.map(({ name }) => name);

const isBelow = (file: string, directory: string) =>
  file === directory || file.startsWith(`${directory}/`);

/** A target with a range or a wildcard in it. */
function pattern(target: string): RegExp {
  const parts = target
    .split(/\{[^}]*\}|\*/)
    .map((part) => part.replace(/[.+?^$()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^/]+")}$`);
}

/** Whether a rule of the firewall has all the words of a declared one, in their order. */
function isRule(rule: string, declared: string): boolean {
  const words = rule.split(" ");
  return declared
    .split(" ")
    .slice(1)
    .every((word) => {
      const at = words.findIndex((each) => isWordOfRule(each, word));
      words.splice(0, at + 1);
      return at >= 0;
    });
}

/** Which address a container gets is known when it starts; a single one is a network of 32 bits to the firewall. */
function isWordOfRule(word: string, declared: string): boolean {
  const [before = "", after] = declared.split("$address");
  if (after === undefined) return word === declared;
  const address = word.slice(before.length, word.length - after.length).replace(/\/32$/, "");
  return word.startsWith(before) && word.endsWith(after) && isIPv4(address);
}

/** A kernel parameter as sysctl(8) calls it, or as a file, where the name of an interface may have dots. */
function parameterFile(target: string): string {
  const [name = ""] = target.split(" = ");
  return name.startsWith("/") ? name : `/proc/sys/${name.replaceAll(".", "/")}`;
}

/** The same of an observed one, whose interface is the last part but one. */
function observedParameterFile(name: string): string {
  const setting = /^net\.ipv4\.conf\.(.+)\.([a-z_]+)$/.exec(name);
  return setting === null
    ? parameterFile(name)
    : `/proc/sys/net/ipv4/conf/${setting[1] ?? ""}/${setting[2] ?? ""}`;
}

/** Whether what a manifest declares happened. */
const checks: Readonly<
  Record<Change["type"], (target: string, seen: Happened, change: Change) => boolean>
> = {
  file: (target, { files }) => [...files].some((file) => pattern(target).test(file)),
  directory: (target, { files }) => [...files].some((file) => isBelow(file, target)),
  cgroup: (target, { files }) => files.has(target),
  namespace: (target, { during, before }) =>
    added(before.networkNamespaces, during.networkNamespaces).includes(path.basename(target)),
  device: (target, { before, during }) =>
    added(links(before), links(during)).some((name) =>
      pattern(target.replace(/ \(.*/, "")).test(name),
    ),
  rule: (target, { before, during }) =>
    added(before.rules, during.rules).some((rule) => isRule(rule, target)),
  sysctl: (target, { files }) => files.has(parameterFile(target)),
  mount: (target, { mounts, container, root }, { where }) =>
    where === "host"
      ? mounts.has(target)
      : // Only a command at a terminal has a console.
        target === `${root}/dev/console` ||
        [
          ...container.mounts.map((each) => each.target),
          ...(container.cgroup?.mounts ?? []).map((each) => each.target),
          ...(container.maskedPaths ?? []),
          ...(container.readonlyPaths ?? []),
          // Behind chroot(2) a container has the mounts of the host, with their own paths.
        ].some((each) => each === target || path.resolve(`${root}/${each}`) === target),
  process: (_, { container }) => container.process.pid === 1,
  program: (target, { programs }) => programs.has(path.basename(target)),
  readable: (target, { sources }) => sources.has(target),
  writable: (target, { sources, during }) =>
    sources.has(target) || joinedParts(during).includes(target),
};

/** What a container that has joined another one's network shares with that one. */
function joinedParts({ networkNamespaces, runDirectory }: Happened["during"]): string[] {
  const joined = Object.entries(runDirectory).filter(([name]) => name.endsWith("/joined"));
  return joined.flatMap(([name, content]) => {
    const [own, other] = [path.dirname(name), `containers/${content.trim()}`];
    const files = ["resolv.conf", "hosts"].filter(
      (file) => runDirectory[`${own}/${file}`] === runDirectory[`${other}/${file}`],
    );
    return [
      ...networkNamespaces
        .filter((each) => each === content.trim())
        .map((each) => `/run/netns/${each}`),
      ...files.map((file) => `/run/cooper/${other}/${file}`),
    ];
  });
}

/** What happened without a word of it in the manifest. */
function undeclared(
  changes: readonly Change[],
  tools: readonly string[],
  seen: Happened,
): string[] {
  const { files, mounts, programs, before, during } = seen;
  const of = (...types: Change["type"][]) =>
    changes.filter(({ type, where }) => types.includes(type) && where === "host");
  const exact = of("mount", "namespace").map(({ target }) => target);
  const places = of("file", "directory", "cgroup").map(({ target }) => target);
  const parameters = of("sysctl").map(({ target }) => parameterFile(target));
  const devices = of("device").map(({ target }) => target.replace(/ \(.*/, ""));
  const known = (file: string) =>
    // What belongs to the container's process goes with it.
    /^\/(dev\/(null|tty)|proc\/\d+\/.*)$/.test(file) ||
    [...parameters, ...exact].includes(file) ||
    // The settings of an interface are part of it.
    devices.some((name) =>
      pattern(name).test(/^\/sys\/class\/net\/([^/]+)\//.exec(file)?.[1] ?? ""),
    ) ||
    places.some((place) => isBelow(file, place) || pattern(place).test(file));
  return [
    ...[...files, ...mounts].filter((file) => !known(file)),
    ...added(links(before), links(during)).filter(
      (name) => !devices.some((device) => pattern(device).test(name)),
    ),
    ...added(before.rules, during.rules).filter(
      // The chains that iptables makes for a table's first rule are no rules.
      (rule) => rule.includes("-A ") && !of("rule").some(({ target }) => isRule(rule, target)),
    ),
    ...Object.keys(during.sysctls).filter(
      (name) =>
        during.sysctls[name] !== before.sysctls[name] &&
        !parameters.includes(observedParameterFile(name)),
    ),
    ...[...programs].filter(
      (name) => ![path.basename(scriptFile), "bash", ...tools].includes(name),
    ),
  ];
}

/** Runs a case's script under strace. */
async function happen(host: SimulatedHost, spec: Spec): Promise<Happened> {
  const before = await host.observeHost();
  const launcher = await startPath(host, "script", {
    parameters: {},
    language: "en",
    command: ["cat"],
    before: ["strace", "-ff", "-y", "-s", "4096", "-e", `trace=${traced}`, "-o", "/tmp/trace"],
  });
  launcher.write("ready\n");
  await launcher.until(({ stdout }) => stdout.includes("ready\n"));
  const container = await host.observe(await containerPid(host, defaultName(spec)));
  const during = await host.observeHost();
  launcher.endInput();
  const { exitCode, stderr } = await launcher.wait();
  expect(exitCode, stderr).toBe(0);
  // A container whose network was joined goes on, and keeps the mark that the manifest tells of.
  const marks = Object.entries((await host.observeHost()).runDirectory).filter(([name]) =>
    name.endsWith("/shared"),
  );
  const runDirectory = { ...before.runDirectory, ...Object.fromEntries(marks) };
  await expectNothingLeft(host, { ...before, runDirectory });
  const traces = await readTraces(host);
  const [first = ""] =
    [...traces].find(([, text]) => text.startsWith(`execve("${scriptFile}"`)) ?? [];
  return {
    before,
    during,
    container,
    root: withDefaults(spec)(rootOf(spec)),
    ...hostChanges(traces, first),
  };
}

async function readTraces(host: SimulatedHost): Promise<Map<string, string>> {
  const names = (await readdir(host.path("/tmp"))).filter((name) => name.startsWith("trace."));
  const texts = names.map(async (name): Promise<[string, string]> => [
    name.slice("trace.".length),
    await readFile(host.path(`/tmp/${name}`), "utf8"),
  ]);
  return new Map(await Promise.all(texts));
}

/** Puts the defaults of a case's parameters into what is written for readers. */
const withDefaults = (spec: Spec) => (target: string) =>
  spec.parameters.reduce(
    (text, { name, default: fallback }) => text.replaceAll(`$${name}`, () => String(fallback)),
    // It is root who runs them here.
    target.replace(`$${userRunDirectory.name}`, systemRunDirectory),
  );

const rootOf = (spec: Spec) =>
  spec.root.path === undefined
    ? (manifest(spec).containers[0]?.changes.find(
        ({ type, cause }) => type === "mount" && cause.startsWith("root."),
      )?.target ?? "")
    : readable(spec.root.path);

/** What no other change stands for, too. */
const unique: readonly Change["type"][] = ["device", "rule", "namespace", "sysctl", "cgroup"];

/** Runs a container on a host that is prepared for a case, and compares what happens with its manifest. */
async function expectDeclared(spec: Spec, prepare: (host: SimulatedHost) => Promise<unknown>) {
  const [declared] = manifest(spec).containers;
  const changes = (declared?.changes ?? []).map((change) => ({
    ...change,
    target: withDefaults(spec)(change.target),
  }));
  await withSimulatedHost(async (host) => {
    await makeCaseRootfs(host, spec);
    await prepare(host);
    await preparePath(host, "script", spec, "en");
    const seen = await happen(host, spec);
    expect(changes.filter((change) => !checks[change.type](change.target, seen, change))).toEqual(
      [],
    );
    const tools = (declared?.tools ?? []).map(({ command }) => command);
    expect(undeclared(changes, tools, seen)).toEqual([]);
    // Had one of these been forgotten, it would have been found.
    for (const change of changes.filter(({ type }) => unique.includes(type))) {
      const others = changes.filter((other) => other !== change);
      expect(undeclared(others, tools, seen), change.target).not.toEqual([]);
    }
  });
}

describe("a container does to the host what its manifest says, and nothing else", () => {
  it.each(goldenCases(repository))("golden case $name", async (each) => {
    await expectDeclared(await readCase(each), (host) => prepareCase(host, each.name));
  });

  it("10-overlay that keeps what it writes", async () => {
    const spec = await readCaseNamed("10-overlay");
    const kept = { ...spec, root: { ...spec.root, overlay: { path: "/tmp/kept" } } };
    await expectDeclared(kept, async (host) => {
      await prepareCase(host, "10-overlay");
      await host.must("mkdir", "/tmp/kept");
    });
  });
});

test("a manifest tells of the console that a container at a terminal gets", () => {
  const [container] = manifest(parseContainer({ root: { path: "/srv" } })).containers;
  expect(container?.changes).toContainEqual(
    expect.objectContaining({ type: "mount", target: "/srv/dev/console", where: "container" }),
  );
});

test("a manifest has the shape that its schema says", () => {
  for (const container of [complete(), { privileged: true }]) {
    const found = manifest(parseContainer(container));
    expect(manifestSchema.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
  }
});
