import { capabilities, type CapabilityName } from "../kernel/constants/capabilities.js";

/** A capability as a person may write it: Docker leaves `CAP_` out. */
type Bare<Name> = Name extends `CAP_${infer Rest}` ? Rest : never;

export type WrittenCapability = CapabilityName | Bare<CapabilityName>;

export const capabilityNames = Object.keys(capabilities) as CapabilityName[];

/** Every capability, under its own name first. */
export const writtenCapabilities = [
  ...capabilityNames,
  ...capabilityNames.map((name) => name.slice("CAP_".length) as Bare<CapabilityName>),
] as const;

/** The name of a capability as the kernel's documentation has it. */
export function capabilityName(written: WrittenCapability): CapabilityName {
  return written in capabilities
    ? (written as CapabilityName)
    : `CAP_${written as Bare<CapabilityName>}`;
}

/** What Docker leaves to the processes of a container. Source: moby, daemon/pkg/oci/caps/defaults.go. */
export const defaultCapabilities: readonly CapabilityName[] = [
  "CAP_CHOWN",
  "CAP_DAC_OVERRIDE",
  "CAP_FOWNER",
  "CAP_FSETID",
  "CAP_KILL",
  "CAP_SETGID",
  "CAP_SETUID",
  "CAP_SETPCAP",
  "CAP_NET_BIND_SERVICE",
  "CAP_NET_RAW",
  "CAP_SYS_CHROOT",
  "CAP_MKNOD",
  "CAP_AUDIT_WRITE",
  "CAP_SETFCAP",
];

/** A change to the default set, as `--cap-add` and `--cap-drop` of docker-run(1). */
export interface CapabilityChange {
  readonly add: readonly (CapabilityName | "ALL")[];
  readonly drop: readonly (CapabilityName | "ALL")[];
}

/** The capabilities a container has. */
export interface CapabilityBounds {
  /** By name, in the kernel's order. */
  readonly kept: readonly CapabilityName[];
  /** Whether it also has those that a newer kernel may know. */
  readonly unknownKept: boolean;
}

/**
 * Applies a change to the default set as Docker does: with ALL added everything but what is dropped, with ALL
 * dropped what is added; otherwise first what is dropped goes, then what is added comes.
 */
export function capabilityBounds({ add, drop }: CapabilityChange): CapabilityBounds {
  const all = add.includes("ALL");
  const start = all ? capabilityNames : drop.includes("ALL") ? [] : defaultCapabilities;
  const kept = new Set([
    ...start.filter((name) => !drop.includes(name)),
    ...(all ? [] : add.filter((name) => name !== "ALL")),
  ]);
  return { kept: capabilityNames.filter((name) => kept.has(name)), unknownKept: all };
}
