/** Options of mounts as mount(8) and the OCI runtime specification name them. */

/** The kinds of mounts; "volume" is Docker's. */
export type MountType = "proc" | "sysfs" | "tmpfs" | "bind" | "volume";

/**
 * Flags of a mount, each with those that say the opposite or otherwise take its place: the last one of a
 * group holds.
 */
const flagGroups = [
  ["ro", "rw"],
  ["nosuid", "suid"],
  ["nodev", "dev"],
  ["noexec", "exec"],
  ["nosymfollow", "symfollow"],
  ["nodiratime", "diratime"],
  ["relatime", "noatime", "strictatime"],
] as const;

type Flag = (typeof flagGroups)[number][number];

const flags: readonly string[] = flagGroups.flat();

/** The same for every mount below a mount, as the OCI runtime specification writes them: `rro`. */
const recursiveFlags = flags.map((flag) => `r${flag}`);

/** Whether an option is for every mount below a mount, too. */
const isRecursive = (option: string) => recursiveFlags.includes(option);

/** How a mount passes mounting below it on to others; private is what every mount of a container is. */
const privatePropagation = ["private", "rprivate"];
const otherPropagation = ["shared", "rshared", "slave", "rslave", "unbindable", "runbindable"];

/** Options with a value: what it has to look like, and an example. */
type Settings = Readonly<Record<string, { readonly pattern: RegExp; readonly example: string }>>;

const id = { pattern: /^[0-9]{1,10}$/, example: "1000" };

const tmpfsSettings: Settings = {
  size: { pattern: /^([0-9]{1,15}[kKmMgG]?|[0-9]{1,3}%)$/, example: "64m" },
  mode: { pattern: /^[0-7]{3,4}$/, example: "1777" },
  uid: id,
  gid: id,
  nr_inodes: { pattern: /^[0-9]{1,15}[kKmMgG]?$/, example: "10k" },
};

const procSettings: Settings = {
  hidepid: { pattern: /^(off|noaccess|invisible|ptraceable|[0124])$/, example: "invisible" },
  gid: id,
  subset: { pattern: /^pid$/, example: "pid" },
};

const bindOptions = ["bind", "rbind", ...recursiveFlags];

const optionsOf: Record<MountType, { readonly own: readonly string[]; readonly set: Settings }> = {
  proc: { own: [], set: procSettings },
  sysfs: { own: [], set: {} },
  tmpfs: { own: [], set: tmpfsSettings },
  bind: { own: bindOptions, set: {} },
  volume: { own: recursiveFlags, set: {} },
};

/** What is wrong with an option of a mount. */
export type OptionProblem =
  | { readonly problem: "mount-propagation"; readonly option: string }
  | {
      readonly problem: "mount-option";
      readonly option: string;
      readonly type: MountType;
      readonly known: readonly string[];
    };

/** Checks an option; undefined when it is right. */
export function optionProblem(type: MountType, option: string): OptionProblem | undefined {
  if (otherPropagation.includes(option)) return { problem: "mount-propagation", option };
  const { own, set } = optionsOf[type];
  if ([...flags, ...privatePropagation, ...own].includes(option)) return undefined;
  const [name, value] = split(option);
  if (Object.hasOwn(set, name) && value !== undefined && set[name]?.pattern.test(value))
    return undefined;
  const examples = Object.entries(set).map(([key, { example }]) => `${key}=${example}`);
  return { problem: "mount-option", option, type, known: [...own, ...flags, ...examples] };
}

/** The name of an option and its value, if it has one. */
function split(option: string): [name: string, value?: string] {
  const equals = option.indexOf("=");
  return equals < 0 ? [option] : [option.slice(0, equals), option.slice(equals + 1)];
}

/** What holds for a mount that does not say otherwise: the OCI runtime specification's default mounts. */
const defaultOptions: Record<MountType, readonly string[]> = {
  proc: ["nosuid", "nodev", "noexec"],
  sysfs: ["nosuid", "nodev", "noexec"],
  tmpfs: ["nosuid", "nodev", "mode=1777"],
  bind: [],
  volume: [],
};

/** What an option takes the place of. */
const subject = (option: string) =>
  flagGroups.find((group) => group.includes(option as never))?.[0] ?? split(option)[0];

/**
 * The options that mount(8) is given: those of the type, but for what others are given, and what is given.
 * How it propagates and which mounts below it come along is said in other ways.
 */
export function effectiveOptions(type: MountType, given: readonly string[]): string[] {
  const settings = given.filter(
    (option) => !isRecursive(option) && !["bind", "rbind", ...privatePropagation].includes(option),
  );
  return lastOfEach([...defaultOptions[type], ...settings]);
}

/** Of the options that take each other's place, the last one. */
const lastOfEach = <Option extends string>(all: readonly Option[]): Option[] =>
  all.filter(
    (option, index) => all.findLastIndex((each) => subject(each) === subject(option)) === index,
  );

/** The options for every mount below, without the leading `r`. */
export function recursiveOptions(given: readonly string[]): Flag[] {
  return lastOfEach(given.filter(isRecursive).map((option) => option.slice(1) as Flag));
}

/** Whether nothing below a bind mount can be written to, the mounts that come along included. */
export function isReadOnly(given: readonly string[]): boolean {
  const ofAll = recursiveOptions(given);
  if (ofAll.includes("rw")) return false;
  const own = effectiveOptions("bind", given).includes("ro") && !given.includes("rbind");
  return ofAll.includes("ro") || own;
}
