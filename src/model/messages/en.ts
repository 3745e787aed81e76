import zodEnglish from "zod/v4/locales/en.js";
import type { $ZodRawIssue } from "zod/v4/core";
import type { Translated } from "../language.js";
import type { ValueTypeName } from "../value-types.js";

const expectedType: Record<ValueTypeName, string> = {
  name: "a name of letters, digits, '_', '.' and '-', beginning with a letter or digit, at most 63 characters",
  path: "a path without control characters",
  integer: "a whole number of at most 15 digits",
  bytes: 'an amount of memory such as 268435456, "256m" or "256MiB"',
  text: "text without a NUL character",
};

const zodMessage = (issue: unknown) => {
  const found = zodEnglish().localeError(issue as $ZodRawIssue);
  return typeof found === "string" ? found : (found?.message ?? "");
};

const quote = (value: unknown) => (JSON.stringify(value) as string | undefined) ?? String(value);

const ids = ({ first, size }: { first: number; size: number }) =>
  size === 1 ? `id ${String(first)}` : `ids ${String(first)}–${String(first + size - 1)}`;

const suggest = (name: string | undefined) =>
  name === undefined ? "" : `; did you mean ${quote(name)}?`;

/** Every message about a wrong spec or config, in English; `zh.ts` has the same keys. */
export const en = {
  // Parameters and values
  "parameter-name": (p: { name: string }) =>
    `${quote(p.name)} cannot name a parameter: expected capital letters, digits and '_', and no name that bash or the tools use themselves; choose another, such as "CONTAINER_NAME"`,
  "parameter-default": (p: { name: string; type: ValueTypeName; value: string }) =>
    `the default of parameter ${p.name} is ${quote(p.value)}; expected ${expectedType[p.type]}`,
  "parameter-in-string": (p: { name: string }) =>
    `${p.name} has no value before the container starts; inside text write text\`…\${value}…\` and for arithmetic add, subtract, multiply or divide`,
  "parameter-misplaced": () =>
    "this has to be known before the container starts, and so it cannot depend on a parameter; write a value",
  "parameter-unknown": (p: { name: string; known: string[]; suggestion: string | undefined }) =>
    `there is no parameter ${quote(p.name)}${suggest(p.suggestion)} (parameters: ${p.known.join(", ") || "none"})`,
  "parameter-conflict": (p: { name: string }) =>
    `parameter ${p.name} is declared twice with different types or defaults; declare it once and use it in both places`,
  "parameter-assignment": (p: { text: string }) =>
    `${quote(p.text)} is not an assignment; write NAME=VALUE`,
  "environment-assignment": (p: { text: string }) =>
    `${quote(p.text)} sets no environment variable; write -e NAME=VALUE (nothing of the host's environment is passed on)`,
  "user-flag": (p: { text: string }) =>
    `${quote(p.text)} is no user; write -u UID or -u UID:GID, in numbers`,
  "add-host-flag": (p: { text: string }) =>
    `${quote(p.text)} is no host; write --add-host NAME:ADDRESS, such as --add-host db:10.200.1.5`,
  "userns-flag": (p: { text: string }) =>
    `${quote(p.text)} is no user namespace to have; write --userns private for one of its own, or --userns host for none`,
  "id-map-flag": (p: { text: string }) =>
    `${quote(p.text)} maps no ids; write INSIDE:HOST:SIZE in numbers, such as 0:100000:65536`,
  "group-flag": (p: { text: string }) =>
    `${quote(p.text)} is no group; write --group-add GID, in numbers`,
  "security-flag": (p: { text: string }) =>
    `${quote(p.text)} is no security option that is supported; write --security-opt no-new-privileges, no-new-privileges=false or systempaths=unconfined`,
  "ulimit-flag": (p: { text: string; known: string[] }) =>
    `${quote(p.text)} is no limit; write --ulimit TYPE=SOFT or TYPE=SOFT:HARD, such as nofile=1024:2048, -1 for no limit (types: ${p.known.join(", ")})`,
  "oom-score-flag": (p: { text: string }) =>
    `${quote(p.text)} is no adjustment of the OOM score; write a whole number from -1000 to 1000, such as --oom-score-adj 500`,
  "cpus-flag": (p: { text: string }) =>
    `${quote(p.text)} is no number of CPUs; write a number such as --cpus 0.5`,
  "pids-flag": (p: { text: string }) =>
    `${quote(p.text)} is no number of processes; write a whole number such as --pids-limit 100`,
  "device-flag": (p: { text: string }) =>
    `${quote(p.text)} is no device with a rate; write PATH:RATE, such as --device-read-bps /dev/sda:10mb or --device-read-iops /dev/sda:100`,
  "volume-flag": (p: { text: string }) =>
    `${quote(p.text)} is no volume; write -v /srv/data:/data, -v NAME:/data or -v /srv/data:/data:ro, and --mount for paths with a colon`,
  "tmpfs-flag": (p: { text: string }) =>
    `${quote(p.text)} is no tmpfs; write --tmpfs /cache or --tmpfs /cache:size=64m`,
  "mount-flag": (p: { text: string; known: readonly string[] }) =>
    `${quote(p.text)} is no mount; write --mount type=bind,source=/srv/data,target=/data,readonly (keys: ${p.known.join(", ")})`,
  "value-type": (p: { type: ValueTypeName; value: string }) =>
    `expected ${expectedType[p.type]}, got ${quote(p.value)}`,
  "expression-type": (p: { type: ValueTypeName; name: string; actual: string }) =>
    `${p.name} is a parameter of type ${p.actual}; expected ${expectedType[p.type]}`,
  "division-by-zero": () => "this would be a division by zero; write another divisor",

  // The shape of a spec
  "unknown-field": (p: { name: string; suggestion: string | undefined; known: string[] }) =>
    `there is no field ${quote(p.name)} here${suggest(p.suggestion)} (fields: ${p.known.join(", ")})`,
  "invalid-value": (p: { issue: unknown; received: string }) =>
    `${zodMessage(p.issue)} (got ${p.received})`,
  "unknown-value": (p: { value: string; known: string[]; suggestion: string | undefined }) =>
    `there is no ${p.value} here${suggest(p.suggestion)} (${String(p.known.length)} values, such as ${p.known.slice(0, 3).join(", ")})`,
  "privileged-conflict": () =>
    "a privileged container has all capabilities and nothing masked or read-only; take this out, or take out `privileged: true`",
  "rlimit-order": (p: { soft: number | "unlimited"; hard: number | "unlimited" }) =>
    `the soft limit ${String(p.soft)} is above the hard limit ${String(p.hard)}; raise \`hard\` or lower \`soft\``,
  "namespace-missing": (p: { namespace: string; because: string }) =>
    `the ${p.namespace} namespace is needed because of ${p.because}; add "${p.namespace}" to namespaces`,
  "namespace-conflict": (p: { namespace: string; because: string }) =>
    `${p.because} and a ${p.namespace} namespace exclude each other; take "${p.namespace}" out of namespaces or change ${p.because}`,
  "id-mapping-range": (p: { first: number; size: number; largest: number }) =>
    `${String(p.size)} ids from ${String(p.first)} on go beyond the largest id, ${String(p.largest)}; map fewer`,
  "id-mapping-overlap": (p: { first: number; size: number }) =>
    `${ids(p)}: at least one is mapped by an earlier entry already; every id can be mapped once only`,
  "id-mapping-root": (p: { field: string }) =>
    `${p.field} has to map containerID 0: who builds the container from inside is root there`,
  "id-mapping-user": (p: { id: number; field: string }) =>
    `${String(p.id)} is not mapped in the container's user namespace; extend ${p.field}, or run the command as one of its ids`,
  "duplicate-value": (p: { value: string }) => `${p.value} is listed twice`,
  "path-absolute": (p: { value: string }) =>
    `expected an absolute path without "..", got ${quote(p.value)}`,
  "mount-option": (p: { option: string; type: string; known: readonly string[] }) =>
    `${quote(p.option)} is no option of a ${p.type} mount; write one of ${p.known.join(", ")}`,
  "mount-propagation": (p: { option: string }) =>
    `${quote(p.option)} would let mounts pass between the container and the host, and all mounts of a container are private; leave it out`,
  "root-is-host": () =>
    "the container's root cannot be the host's own root directory; give the directory of a root file system",
  "root-both": () => "give one of `path`, `build` and `layers`, not several",
  "overlay-alone": () => "keeps what is written over `layers`, and there are none; give `layers`",
  "subnet-invalid": (p: { value: string }) =>
    `expected an IPv4 subnet with its network address and a prefix length of 8 to 30, such as "10.200.1.0/24", got ${quote(p.value)}`,
  "address-invalid": (p: { value: string }) =>
    `expected an IPv4 or IPv6 address, got ${quote(p.value)}`,
  "ipv4-invalid": (p: { value: string }) =>
    `expected an IPv4 address such as 127.0.0.1, got ${quote(p.value)}; ports are published for IPv4 only`,
  "publish-invalid": (p: { value: string }) =>
    `expected [ADDRESS:]HOST_PORT:CONTAINER_PORT[/tcp or /udp], such as "8080:80" or "127.0.0.1:8080:80", got ${quote(p.value)}; parameters go into { hostPort, containerPort }`,
  "publish-range": (p: { value: string }) =>
    `expected two ranges that go up and are of the same length, such as "8000-8003:80-83", got ${quote(p.value)}`,
  "publish-many": (p: { most: number }) =>
    `more than ${String(p.most)} ports are published; every one is two rules of the firewall: publish fewer`,
  "host-name": (p: { value: string }) =>
    `expected a host name of letters, digits, '.', '-' and '_', beginning and ending with a letter or digit, got ${quote(p.value)}`,
  "interface-name": (p: { value: string }) =>
    `expected a network interface name of at most 15 letters, digits, '_', '.' or '-', beginning with a letter, got ${quote(p.value)}`,
  "environment-name": (p: { value: string }) =>
    `expected an environment variable name (letters, digits and '_', not beginning with a digit), got ${quote(p.value)}`,
  "limit-range": (p: { value: string; minimum: number; maximum: number; unit: string }) =>
    `expected ${String(p.minimum)} to ${[p.maximum, p.unit].join(" ").trim()}, got ${p.value}`,
  "number-list": (p: { value: string }) =>
    `expected numbers and ranges such as "0-2,4", got ${quote(p.value)}`,
  "cpuset-empty": () => "give `cpus`, `mems` or both",
  "device-both": () => "give the device either by `path`, or by `major` and `minor`",
  "swap-below-limit": (p: { limit: number; swap: number }) =>
    `memory and swap together (${String(p.swap)}) cannot be less than memory alone (${String(p.limit)}); leave \`swap\` out to forbid swapping`,
  "cpu-both": () => "give either `cpus` or `quota`, not both",
  "network-field": (p: { mode: string }) =>
    `has a meaning only with network.mode "bridge", and the mode is "${p.mode}"`,
  "network-mode": (p: { value: string; suggestion: string | undefined }) =>
    `expected "bridge", "none", "host" or "container:NAME", got ${quote(p.value)}${suggest(p.suggestion)}`,
  "network-joined": (p: { mode: string }) =>
    `with network.mode "${p.mode}" this is what the other container has; write it there`,
  "network-own": (p: { mode: string }) =>
    `a container cannot join its own network namespace, and network.mode is "${p.mode}"; name another container`,

  // Config files
  "step-unknown": (p: { id: string; suggestion: string | undefined; others: string[] }) =>
    `the plan has no step ${p.id}; ${p.suggestion === undefined ? "" : `did you mean ${p.suggestion}? `}steps that can be left out: ${p.others.join(", ")}`,
  "step-required": (p: { id: string; others: string[] }) =>
    `there is no container without the step ${p.id}; steps that can be left out: ${p.others.join(", ")}`,

  "stack-flags": () =>
    "flags describe one container, and this config is a stack of several; write it in the config",
  "file-missing": (p: { file: string }) => `${p.file}: no such file; check the path`,
  "file-unreadable": (p: { file: string; reason: string }) =>
    `${p.file}: cannot be read: ${p.reason}`,
  "file-kind": (p: { file: string }) =>
    `${p.file}: expected a config that ends in .ts or .json, or on the command line a case (cooper lesson lists them); a command to run stands behind --`,
  "json-syntax": (p: { found: string | undefined }) =>
    `not valid JSON: unexpected ${p.found === undefined ? "end of the file" : quote(p.found)}`,
  "json-duplicate": (p: { name: string }) =>
    `the field ${quote(p.name)} stands twice in this object; keep one of them`,
  "typescript-syntax": (p: { reason: string }) => `not valid TypeScript: ${p.reason}`,
  "type-error": (p: { reason: string; number: number }) => `TS${String(p.number)}: ${p.reason}`,
  "config-unsupported": (p: { construct: Translated; instead: Translated }) =>
    `${p.construct.en} is not supported, because a config is never executed; ${p.instead.en}`,
  "config-undefined": (p: { name: string; suggestion: string | undefined }) =>
    `${p.name} is not defined in this config or one it imports${suggest(p.suggestion)}`,
  "config-early-use": (p: { name: string }) =>
    `${p.name} is used before the line that defines it; move the definition up`,
  "config-throws": (p: { reason: Translated }) => p.reason.en,
  "config-call": (p: { reason: Translated }) => p.reason.en,
  "config-default-missing": () =>
    "the config has no default export; end it with `export default defineContainer({ … })`",
  "config-default-kind": () =>
    "the default export is neither a container nor a stack; write `export default defineContainer({ … })` or `export default defineStack({ … })`",
  "config-import": (p: { module: string }) =>
    `${quote(p.module)} cannot be imported by a config; import from "cooper" or from a .ts config by a relative path`,
  "config-import-missing": (p: { module: string; file: string }) =>
    `${quote(p.module)} is not there (looked for ${p.file})`,
  "config-import-cycle": (p: { module: string }) =>
    `${quote(p.module)} imports this file while this file imports it; move what both need into a third file`,
  "config-export-missing": (p: { module: string; name: string; suggestion: string | undefined }) =>
    `${quote(p.module)} exports no ${p.name} that a config can use${suggest(p.suggestion)}`,
  "config-limit": (p: { limit: Translated }) => `the config is too large to read: ${p.limit.en}`,

  // Scripts
  "script-foreign": (p: { name: string }) =>
    `${p.name}: this is no script that Cooper generated: its header or the spec at its end is missing; give a file made by \`cooper compile\``,
  "script-spec": (p: { name: string; reason: string }) =>
    `${p.name}: the spec at the end of the script is damaged (${p.reason}); compile the config again`,
  "script-version": (p: { name: string; found: string; own: string }) =>
    `${p.name}: cooper ${p.found} wrote this script, and this is cooper ${p.own}: only the same version writes the same bytes; check it with cooper ${p.found}`,
};
