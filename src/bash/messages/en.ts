/** What a generated script says, in English; `zh.ts` has the same keys. */
export const en = {
  usage: "Usage",
  "usage-options": "OPTIONS",
  "usage-command": "COMMAND [ARGUMENT…]",
  "help-summary":
    "Runs an isolated process: a container built by hand, without a container engine.",
  "help-parameters": "Parameters (as arguments in this order, or as environment variables):",
  "help-default": "default: {value}",
  "help-with-default": "{help}; default: {value}",
  "help-options": "Options:",
  "help-only": "run only this container of the stack, by its number",
  "stack-only":
    "there is no container number {number} in this stack; they are numbered 1 to {last}",
  "stack-command":
    "a stack runs the commands of its config; for another command, run one container: --only NUMBER",
  "stack-no-file":
    "a stack's script starts itself once for each container, so it has to be a file; save it and run that",
  "help-dry-run": "print the commands instead of running them; needs no root",
  "help-quiet": "do not tell the steps",
  "help-help": "print this text",
  "help-version": "print the version of this script",
  "help-command": "run this instead of {command}",
  "help-rootfs-summary": "Makes a root file system from {source}.",
  "help-directory": "directory to make; it may exist when it is empty",
  "help-archive": "archive or layout directory with the image",
  "help-no-cache": "make it anew, and keep no copy for the next time",
  "help-rootfs-cache":
    "A copy is kept in $XDG_CACHE_HOME/cooper/rootfs-scripts, or ~/.cache/cooper/rootfs-scripts, for the next time.",
  "help-rootfs-exit":
    "Exit status: 0 when it was made; 128+n when signal n ended it; 125 when it could not be made.",
  "help-exit":
    "Exit status: the command's own; 128+n when signal n ended it; 127 not found; 126 not executable; 125 when the container could not be built.",

  error: "error",
  warning: "warning",
  "bash-version": "bash {version} is too old; bash 4.4 or newer is needed",
  "option-unknown": "there is no option {option}; see --help",
  "arguments-too-many":
    "too many arguments: {count} given, at most {most} are taken; put the command behind --",
  "command-empty": "there is no command behind --",
  "value-type": "{parameter} is '{value}'; expected {expected}",
  "expected-name":
    "a name of letters, digits, '_', '.' and '-', beginning with a letter or digit, at most 63 characters",
  "expected-path": "a path without control characters",
  "expected-integer": "a whole number of at most 15 digits",
  "expected-bytes": "an amount of memory such as 268435456, 256m or 256MiB",
  "path-absolute": "{parameter} is '{value}'; expected an absolute path without '..'",
  "address-invalid": "{parameter} is '{value}'; expected an IPv4 or IPv6 address",
  "limit-range": "{parameter} is {value}; expected {minimum} to {maximum}{unit}",
  "division-by-zero": "{parameter} would be a division by zero; give other parameters",
  "number-list": "{parameter} is '{value}'; expected numbers and ranges such as 0-2,4",

  "not-root": "only root can do this, because of: {fields}; try: sudo {script}",
  "root-only": "this script must run as root; try: sudo {script}",
  "run-directory-unsafe":
    "{directory} has to be a directory of your own that nobody else can look into (mode 700), and is not; remove it, or set XDG_RUNTIME_DIR",
  "run-directory-closed":
    "root of the container is user {root} of the host, who may not enter {directory}, where your containers are; map root to yourself, such as --uidmap 0:{user}:1 --uidmap 1:{root}:1000, or start the container as root",
  "run-directory-unwritable":
    "nothing can be written in {directory}, where containers are recorded: {reason}; mount it writable, or free space there (df, df -i); users other than root may set XDG_RUNTIME_DIR to another directory of their own",
  "user-namespaces-disabled":
    "this host does not allow user namespaces; allow them: sysctl -w {key}={value}",
  "user-unmapped":
    "the command is to run as {kind} {id}, and whoever starts the container has {count} to give away (see /etc/sub{kind}); run it as a smaller one, or start the container as root",
  "tool-missing": "these commands are missing: {tools}; install them: apt-get install {packages}",
  "rootfs-missing":
    "the root file system {root} is no directory; make one there, or name another as an argument",
  "rootfs-is-host":
    "the root file system {root} is the host's own root directory; name another directory",
  "layer-missing":
    "{path} is to be a layer of the root file system, and is no directory that you may enter; make it, or name another",
  "layers-overlap":
    "{path} and {other} are to be layers of one root file system, and one lies in the other; name directories that lie apart",
  "layer-file-system":
    "{path} lies on a file system ({type}) that an overlay cannot write to; name a directory on another, such as ext4, XFS, Btrfs or tmpfs",
  "layer-in-use":
    "another container uses the writable layer {path}; end that one first, or name another directory",
  "rootfs-no-command": "this host has no command '{command}' to put into the root file system",
  "rootfs-no-path": "this host has no {path} to put into the root file system",
  "capability-missing":
    "whoever starts this container does not have {capability} themselves and cannot give it away; take it out of process.capabilities.add",
  "rootfs-exists":
    "{directory} exists already and is not an empty directory; name another directory, or remove it",
  "rootfs-mount-point":
    "{directory} is a mount point, and a root file system is built beside its place and then renamed; name a directory in it",
  "rootfs-copies-itself":
    "{path} contains the directory to make; copy something smaller, or name a directory elsewhere",
  "rootfs-arguments": "too many arguments: {count} given, at most {most} are taken; see --help",
  "rootfs-unnamed": "name the directory to make as an argument; see --help",
  "rootfs-tool-failed": "the command failed with exit status {status}: {command}: {reason}",
  "rootfs-no-engine":
    "none of these is there, or its daemon does not answer: {engines}; install one: apt-get install podman",
  "rootfs-digest":
    "the content is not what its digest says: expected {expected}, found {found}; the image is damaged or was changed",
  "rootfs-kept": "taking what was made before: {file}; --no-cache makes it anew",
  "rootfs-not-kept": "no copy is kept for the next time in {file}",
  "rootfs-device": "left out, a device node: {file}",
  "rootfs-image-config": "the image is to be run like this: {config}",
  "rootfs-made": "made: {directory}",
  "cgroup-missing":
    "no cgroup hierarchy for {controllers} below /sys/fs/cgroup; mount cgroup v1 controllers or cgroup v2 there",
  "cgroup-version":
    'this script was made for cgroup v{version}, and this host has no such hierarchy for {controllers}; compile it with cgroup.version "auto"',
  "cgroup-controller":
    "the cgroup controller {controller} is not available on this host (available: {available})",
  "device-missing":
    "{field} is {device}, and there is no such block device on this host; see: lsblk",
  "device-kind": "{field} is {device}, which is no block device; see: lsblk",
  "device-partition":
    "{field} is {device}, which is a partition; the kernel throttles whole disks only, see: lsblk",
  "cpuset-unavailable": "{field} is {value}, and this host has only {available}",
  "name-in-use":
    "a container named {name} is running (process {pid}); choose another name or end that one first",
  "netns-in-use":
    "a network namespace named {name} exists already, and no container of this name made it; choose another name, or remove it: ip netns delete {name}",
  "cgroup-in-use":
    "the cgroup {directory} exists already, and no container of this name made it; choose another name, or remove it: rmdir {directory}",
  "join-missing":
    "there is no running container {name} whose network could be shared; start it first, see: cooper ps",
  "join-no-namespace":
    "the container {name} has no network namespace of its own under /run/netns to be shared; name one whose network.mode is bridge or none",
  "stale-cleared": "clearing away what a dead container named {name} left",
  "port-in-use":
    "port {port} of {address} is published by the container {name} already; choose another port, or end that container first",
  "port-taken":
    "a process of this host listens on port {port} already; choose another port, or end that process: ss -lnp",
  "host-address-missing":
    "this host has no address {address} to publish a port at; its addresses: ip -4 address",
  "address-exhausted": "no address is free in {subnet}",
  "links-too-many": "too many levels of symbolic links in {path}",
  "mount-source-missing":
    "there is no {path} on this host to mount into the container; make it, or name another",
  "mount-target-kind": "the mount target {path} is not a {kind}",
  "null-device":
    "{path} of this host is not the null device, which is to hide files from the container; make it again: mknod -m 666 {path} c 1 3",
  "cwd-missing": "the working directory {path} does not exist in the container",
  "write-failed":
    "{value} could not be written to {file}: {reason}; if space is missing there, free some (df, df -i); if the kernel refuses the value, change that setting",
  "command-failed": "the command failed with exit status {status}: {command}",
  "rules-removed":
    "iptables --delete, for every rule that iptables-save shows with the comment {tag}",
  "step-failed": "step {step} failed; everything done so far is undone",
  "command-not-found": "the container has no command {command}",
  "command-not-executable": "the container cannot execute {command}",

  "hook-missing":
    "the {hook} hook {path} is no program of this host that could be executed: a binary, or a script that names its interpreter after #!; install it, make it executable (chmod +x), or name another",
  "hook-failed": "the {hook} hook {path} failed with exit status {status}",

  "container-starts": "starting container {name}",
  "container-ended": "container {name} has ended (exit status {status})",
  rootfs: "root file system: {root}",
  "cpu-limit": "CPU limit: {cpus} CPUs",
  "memory-limit": "memory limit: {memory} MB",
  "container-address": "container address: {address}",
} as const;
