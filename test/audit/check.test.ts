import { describe, expect, it, test } from "vitest";
import { check, checkConfig } from "../../src/audit/check.js";
import { applyPolicy, fails, parsePolicy, policySchema } from "../../src/audit/policy.js";
import { readPolicy } from "../../src/audit/read-policy.js";
import { type RiskLevel, risksOf, type RuleName, ruleNames, rules } from "../../src/audit/rules.js";
import { toSarif } from "../../src/audit/sarif.js";
import { readLocated } from "../../src/config/read-description.js";
import { defaultMaskedPaths, defaultReadonlyPaths } from "../../src/model/default-paths.js";
import { type ContainerInput, parseContainer } from "../../src/model/spec/parse.js";
import { parseStack } from "../../src/model/spec/stack.js";
import { writeConfig } from "../config/write-config.js";
import { brief, problemsOf } from "../support/problems.js";

/** A container that no rule has anything against. */
const harmless: ContainerInput = {
  process: { user: { uid: 1000, gid: 1000 } },
  resources: { cpu: { cpus: 1 }, memory: { limit: "64MiB" }, pids: { limit: 100 } },
};

const without = (namespace: string): ContainerInput => ({
  namespaces: (["pid", "mount", "uts", "ipc", "network", "cgroup"] as const).filter(
    (type) => type !== namespace,
  ),
});

const bind = (source: string, ...options: string[]): ContainerInput => ({
  mounts: [{ type: "bind", source, destination: "/data", options }],
});

const publish = (port: string): ContainerInput => ({
  network: { mode: "bridge", publish: [port] },
});

/** For every rule a container that it applies to, and the fields it names. */
const examples: Record<RuleName, readonly (readonly [ContainerInput, string])[]> = {
  privileged: [[{ privileged: true }, "privileged"]],
  "host-network": [[{ network: { mode: "host" } }, "network.mode"]],
  "host-processes": [[without("pid"), "namespaces"]],
  "host-ipc": [[without("ipc"), "namespaces"]],
  "host-name": [[without("uts"), "namespaces"]],
  "dangerous-capability": [
    [{ process: { capabilities: { add: ["SYS_ADMIN"] } } }, "process.capabilities.add"],
  ],
  "added-capability": [
    [{ process: { capabilities: { add: ["CAP_SYS_NICE"] } } }, "process.capabilities.add"],
  ],
  "new-privileges": [[{ process: { noNewPrivileges: false } }, "process.noNewPrivileges"]],
  "writable-path": [
    [{ readonlyPaths: ["/proc/bus"] }, "readonlyPaths"],
    [{ mounts: [{ destination: "/sys", type: "sysfs", options: ["rw"] }] }, "mounts[0]"],
    [{ mounts: [{ destination: "/again/proc", type: "proc" }] }, "mounts[0]"],
  ],
  "host-hook": [
    [{ hooks: { poststop: [["/bin/true"], ["/bin/false"]] } }, "hooks.poststop[0]"],
    [
      { hooks: { createRuntime: [["/bin/true", "it"]], startContainer: [["/bin/true"]] } },
      "hooks.createRuntime[0]",
    ],
  ],
  "unmasked-path": [
    [{ maskedPaths: [] }, "maskedPaths"],
    [{ mounts: [{ destination: "/again/sys", type: "sysfs" }] }, "mounts[0]"],
  ],
  "sensitive-bind": [
    [bind("/", "ro"), "mounts[0]"],
    [bind("/etc/ssl", "ro"), "mounts[0]"],
    [bind("/srv/docker.sock", "ro"), "mounts[0]"],
  ],
  "writable-bind": [
    [bind("/srv"), "mounts[0]"],
    [bind("/srv", "rro", "rrw"), "mounts[0]"],
  ],
  "readable-bind": [
    [bind("/srv", "ro"), "mounts[0]"],
    [bind("/srv", "rro"), "mounts[0]"],
  ],
  "published-port": [[publish("80:80"), "network.publish"]],
  "local-port": [[publish("127.0.0.1:53:53/udp"), "network.publish"]],
  "chroot-only": [[{ root: { switch: "chroot" } }, "root.switch"]],
  "no-memory-limit": [
    [{ resources: { cpu: { cpus: 1 }, pids: { limit: 9 } } }, "resources.memory.limit"],
  ],
  "no-cpu-limit": [
    [{ resources: { memory: { limit: "9m" }, pids: { limit: 9 } } }, "resources.cpu.quota"],
  ],
  "no-pids-limit": [
    [{ resources: { memory: { limit: "9m" }, cpu: { cpus: 1 } } }, "resources.pids.limit"],
  ],
  "root-user": [[{ process: { user: { uid: 0 } } }, "process.user"]],
  "unpinned-rootfs": [
    [{ root: { path: "/srv/rootfs" } }, "root.path"],
    [{ root: { layers: ["/srv/base", "/srv/app"] } }, "root.layers[1]"],
  ],
  "kept-layer": [[{ root: { layers: ["/srv"], overlay: { path: "/kept" } } }, "root.overlay.path"]],
};

const found = (container: ContainerInput) =>
  risksOf(parseContainer({ ...harmless, ...container })).map(
    ({ rule, field }) =>
      `${rule} ${brief({ code: "division-by-zero", parameters: {}, field }).split(" ")[1] ?? ""}`,
  );

describe("rules", () => {
  it("have nothing against a container that takes care", () => {
    expect(found({})).toEqual([]);
  });

  describe.each(ruleNames)("%s", (rule) => {
    test.each(examples[rule])("applies to %j", (container, field) => {
      expect(found(container)).toContain(`${rule} ${field}`);
    });
  });

  it("say what they are about in their reasons", () => {
    const [risk] = risksOf(parseContainer({ ...harmless, ...bind("/srv/$&") }));
    expect(risk).toMatchObject({ rule: "writable-bind", subject: "/srv/$&" });
    expect(risk?.reason.en).toContain("/srv/$&");
    expect(risk?.reason.zh).toContain("/srv/$&");
  });

  it("have nothing against a second proc that is restricted like the first, or read-only", () => {
    const container = (options: string[]): ContainerInput => ({
      mounts: [{ destination: "/again", type: "proc", options }],
      maskedPaths: [...Object.keys(defaultMaskedPaths), "/again"],
    });
    expect(found(container(["ro"]))).toEqual([]);
    expect(found({ ...container([]), readonlyPaths: [...defaultReadonlyPaths, "/again"] })).toEqual(
      [],
    );
  });

  it("take root in a user namespace for what it is: no root on the host", () => {
    const mapped = { uidMappings: [{ containerID: 0, hostID: 100_000, size: 65_536 }] };
    expect(found({ ...mapped, process: { user: { uid: 0 } } })).toEqual([]);
  });
});

describe("policies", () => {
  const risks = risksOf(parseContainer({ ...bind("/srv"), privileged: true }));
  const severityOf = (rule: RuleName, policy: object) =>
    applyPolicy(risks, parsePolicy(policy)).find((each) => each.rule === rule)?.severity;

  it("give every risk a severity of its own, the worst first", () => {
    const findings = applyPolicy(risks, parsePolicy({}));
    expect(findings.map(({ severity }) => severity)).toEqual([
      "error",
      "error",
      "warning",
      "warning",
      "warning",
      "note",
    ]);
    expect(fails(findings)).toBe(true);
  });

  it("can change it, and allow what is fine all the same", () => {
    expect(severityOf("root-user", { rules: { "root-user": "error" } })).toBe("error");
    expect(severityOf("privileged", { rules: { privileged: "off" } })).toBeUndefined();
    expect(severityOf("writable-bind", { allow: { "writable-bind": ["/srv"] } })).toBeUndefined();
    expect(severityOf("writable-bind", { allow: { "writable-bind": ["/"] } })).toBe("error");
  });

  it("do not fail because of notes", () => {
    const notes = Object.fromEntries(ruleNames.map((name) => [name, "note"]));
    const findings = applyPolicy(risks, parsePolicy({ rules: notes }));
    expect(findings).toHaveLength(risks.length);
    expect(fails(findings)).toBe(false);
  });

  test.each([
    [{ rules: { privilegd: "off" } }, "unknown-field rules.privilegd"],
    [{ allow: { binds: [] } }, "unknown-field allow.binds"],
    [{ ruls: {} }, "unknown-field ruls"],
    [{ rules: { privileged: "fatal" } }, "invalid-value rules.privileged"],
    [{ allow: { "writable-bind": "/srv" } }, 'invalid-value allow["writable-bind"]'],
    [[], "invalid-value"],
  ])("%j is wrong", (policy, expected) => {
    expect(problemsOf(() => parsePolicy(policy)).map(brief)).toEqual([expected]);
  });

  test("mistakes in a file are shown where they are", () => {
    const file = writeConfig({ "policy.json": '{\n  "rules": { "privilegd": "off" }\n}\n' });
    const [problem] = problemsOf(() => readPolicy(file));
    expect(problem).toMatchObject({
      span: { line: 2, column: 27 },
      parameters: { suggestion: "privileged" },
    });
  });

  test("are documented for every field", () => {
    for (const field of Object.values(policySchema.shape)) expect(field.description).toBeTruthy();
  });
});

describe("findings", () => {
  it("are the same for the library, and those of a stack say which container", () => {
    const spec = parseContainer({ privileged: true });
    expect(check(spec)).toEqual(applyPolicy(risksOf(spec), parsePolicy({})));
    const stack = parseStack({ containers: [{ name: "a" }, { name: "b", privileged: true }] });
    expect(check(stack)[0]).toMatchObject({ field: ["containers", 1, "privileged"] });
    expect(check(stack, { rules: { privileged: "off" } })[0]?.severity).toBe("warning");
  });

  const stack = `import { defineStack } from "cooper";
const common = { privileged: true };
export default defineStack({
  containers: [
    { name: "a", ...common },
    { name: "b", root: { path: "/srv/b" } },
  ],
});
`;

  it("are told where the config says it, or nearest to where it should", async () => {
    const file = writeConfig({ "stack.ts": stack });
    const findings = checkConfig(file, await readLocated(file), parsePolicy({}));
    const place = (rule: RuleName, container: number) => {
      const { span } =
        findings.find((each) => each.rule === rule && each.field[1] === container) ?? {};
      return span && `${String(span.line)}:${String(span.column)}`;
    };
    expect(place("privileged", 0)).toBe("2:30");
    expect(place("unpinned-rootfs", 1)).toBe("6:32");
    expect(place("no-memory-limit", 1)).toBe("6:5");
  });

  it("become SARIF that code scanning takes", async () => {
    const file = writeConfig({ "stack.ts": stack });
    const findings = checkConfig(file, await readLocated(file), parsePolicy({}));
    const [run] = toSarif(findings, "zh").runs;
    expect(run?.results).toHaveLength(findings.length);
    for (const [index, result] of (run?.results ?? []).entries()) {
      const { rule, severity, span } = findings[index] ?? {};
      expect(result).toMatchObject({ ruleId: rule, level: severity });
      expect(run?.tool.driver.rules?.[result.ruleIndex ?? -1]?.id).toBe(rule);
      expect(result.locations?.[0]?.physicalLocation?.region).toMatchObject({
        startLine: span?.line,
        startColumn: span?.column,
      });
    }
    const levels = new Map(
      run?.tool.driver.rules?.map((each) => [each.id, each.defaultConfiguration?.level]),
    );
    const expected: Record<RiskLevel, string> = { high: "error", medium: "warning", low: "note" };
    for (const name of ruleNames) expect(levels.get(name)).toBe(expected[rules[name].level]);
  });
});
