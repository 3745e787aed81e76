import { describe as group, expect, test } from "vitest";
import { describe, problem, type ProblemCode } from "../../src/model/errors.js";
import { en } from "../../src/model/messages/en.js";
import { zh } from "../../src/model/messages/zh.js";
import { type ValueTypeName, valueTypes } from "../../src/model/value-types.js";
import { chinese, englishProse } from "../support/chinese.js";

type Needs<Code extends ProblemCode> =
  Parameters<(typeof en)[Code]> extends [infer Needed] ? Needed : Record<string, never>;

const translated = { en: "an example", zh: "例子" };
const known = ["MEM_LIMIT", "ROOTFS"];

/** What the message of each code needs; the type demands an entry for every code. */
const samples: { readonly [Code in ProblemCode]: readonly [Needs<Code>, ...Needs<Code>[]] } = {
  "parameter-name": [{ name: "PATH" }],
  "parameter-default": [{ name: "CPU", type: "integer", value: "many" }],
  "parameter-in-string": [{ name: "ROOTFS" }],
  "parameter-misplaced": [{}],
  "parameter-unknown": [
    { name: "MEM", known, suggestion: "MEM_LIMIT" },
    { name: "X", known: [], suggestion: undefined },
  ],
  "parameter-conflict": [{ name: "ROOTFS" }],
  "parameter-assignment": [{ text: "ROOTFS" }],
  "environment-assignment": [{ text: "HOME" }],
  "user-flag": [{ text: "nobody" }],
  "add-host-flag": [{ text: "db" }],
  "id-map-flag": [{ text: "0" }],
  "userns-flag": [{ text: "keep-id" }],
  "group-flag": [{ text: "wheel" }],
  "security-flag": [{ text: "seccomp=x" }],
  "ulimit-flag": [{ text: "nofiles=1", known: ["nofile", "core"] }],
  "oom-score-flag": [{ text: "high" }],
  "cpus-flag": [{ text: "half" }],
  "pids-flag": [{ text: "many" }],
  "device-flag": [{ text: "/dev/sda" }],
  "volume-flag": [{ text: "/data" }],
  "tmpfs-flag": [{ text: "" }],
  "mount-flag": [{ text: "x", known: ["type"] }],
  "value-type": (Object.keys(valueTypes) as ValueTypeName[]).map((type) => ({
    type,
    value: "\u0000",
  })) as [Needs<"value-type">],
  "expression-type": [{ type: "path", name: "CPU", actual: "integer" }],
  "script-foreign": [{ name: "a.sh" }],
  "script-spec": [{ name: "a.sh", reason: "Unexpected end of JSON input" }],
  "script-version": [{ name: "a.sh", found: "0.0.9", own: "0.1.0" }],
  "division-by-zero": [{}],
  "unknown-field": [
    { name: "rooot", suggestion: "root", known: ["root", "name"] },
    { name: "x", suggestion: undefined, known: [] },
  ],
  "invalid-value": [
    { issue: { code: "invalid_type", expected: "string", input: 1 }, received: "1" },
    { issue: { code: "invalid_value", values: ["a", "b"], input: "c" }, received: '"c"' },
  ],
  "unknown-value": [
    { value: '"ROOT"', known: ["ALL", "KILL", "CHOWN", "BPF"], suggestion: undefined },
    { value: '"KIL"', known: ["ALL", "KILL"], suggestion: "KILL" },
  ],
  "privileged-conflict": [{}],
  "rlimit-order": [{ soft: 2, hard: 1 }],
  "namespace-missing": [{ namespace: "uts", because: "hostname" }],
  "namespace-conflict": [{ namespace: "network", because: "network.mode" }],
  "id-mapping-range": [{ first: 4_000_000_000, size: 300_000_000, largest: 4_294_967_294 }],
  "id-mapping-overlap": [
    { first: 5, size: 1 },
    { first: 0, size: 10 },
  ],
  "id-mapping-root": [{ field: "uidMappings" }],
  "id-mapping-user": [{ id: 1000, field: "uidMappings" }],
  "duplicate-value": [{ value: "/tmp" }],
  "path-absolute": [{ value: "tmp" }],
  "mount-option": [{ option: "sized=3", type: "tmpfs", known: ["ro", "size=64m"] }],
  "mount-propagation": [{ option: "rslave" }],
  "root-is-host": [{}],
  "root-both": [{}],
  "overlay-alone": [{}],
  "subnet-invalid": [{ value: "10.0.0.1/24" }],
  "address-invalid": [{ value: "dns" }],
  "ipv4-invalid": [{ value: "::1" }],
  "publish-invalid": [{ value: "80" }],
  "publish-range": [{ value: "1-2:3" }],
  "publish-many": [{ most: 256 }],
  "host-name": [{ value: "a b" }],
  "interface-name": [{ value: "a b" }],
  "environment-name": [{ value: "1A" }],
  "limit-range": [{ value: "1", minimum: 2, maximum: 3, unit: "bytes" }],
  "number-list": [{ value: "2-1" }],
  "cpuset-empty": [{}],
  "device-both": [{}],
  "swap-below-limit": [{ limit: 2, swap: 1 }],
  "cpu-both": [{}],
  "network-field": [{ mode: "none" }],
  "network-mode": [
    { value: "brdige", suggestion: "bridge" },
    { value: "x", suggestion: undefined },
  ],
  "network-joined": [{ mode: "container:web" }],
  "network-own": [{ mode: "container:web" }],
  "step-unknown": [
    { id: "natt", suggestion: "nat", others: ["nat", "veth"] },
    { id: "x", suggestion: undefined, others: ["nat", "veth"] },
  ],
  "step-required": [{ id: "exec", others: ["nat"] }],
  "stack-flags": [{}],
  "file-missing": [{ file: "a.ts" }],
  "file-unreadable": [{ file: "a.ts", reason: "EACCES" }],
  "file-kind": [{ file: "a.yaml" }],
  "json-syntax": [{ found: "x" }, { found: undefined }],
  "json-duplicate": [{ name: "name" }],
  "typescript-syntax": [{ reason: "';' expected." }],
  "type-error": [{ reason: "not assignable", number: 2322 }],
  "config-unsupported": [{ construct: translated, instead: translated }],
  "config-undefined": [
    { name: "rotfs", suggestion: "rootfs" },
    { name: "x", suggestion: undefined },
  ],
  "config-early-use": [{ name: "rootfs" }],
  "config-throws": [{ reason: translated }],
  "config-call": [{ reason: translated }],
  "config-default-missing": [{}],
  "config-default-kind": [{}],
  "config-import": [{ module: "node:fs" }],
  "config-import-missing": [{ module: "./a.js", file: "/a.ts" }],
  "config-import-cycle": [{ module: "./a.js" }],
  "config-export-missing": [
    { module: "./a.js", name: "nmae", suggestion: "name" },
    { module: "./a.js", name: "x", suggestion: undefined },
  ],
  "config-limit": [{ limit: translated }],
};

const codes = Object.keys(samples) as ProblemCode[];

test("the catalogs have the same codes", () => {
  expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  expect(codes.sort()).toEqual(Object.keys(en).sort());
});

group.each(codes)("%s", (code) => {
  const problems = samples[code].map((parameters) => problem(code, parameters as never));

  test("says something in English, without Chinese and without holes", () => {
    for (const each of problems) {
      const text = describe(each, "en");
      expect(text).toMatch(/\w/);
      if (!code.startsWith("config-")) expect(text).not.toMatch(chinese);
      expect(text).not.toMatch(/undefined|\[object/);
    }
  });

  test("says it in Chinese", () => {
    for (const each of problems) {
      const text = describe(each, "zh");
      expect(text).toMatch(chinese);
      expect(text).not.toMatch(englishProse);
      expect(text).not.toMatch(/undefined|\[object/);
      expect(text).not.toBe(describe(each, "en"));
    }
  });
});
