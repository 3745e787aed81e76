/** What `cooper rootfs` says, in English; `zh.ts` has the same keys. */
export const rootfsEn = {
  rootfs: "prepare root file systems",
  "rootfs-build": "make a root file system",
  "rootfs-directory": "directory to make; it may exist when it is empty",
  "rootfs-from": "what to make it from; see below (default: host)",
  "rootfs-commands":
    "host: commands to copy, with the libraries or interpreters they need (default: sh)",
  "rootfs-copy":
    "host: files and directories to copy to the same place, with the libraries they need",
  "rootfs-no-cache": "make it anew, and do not keep a copy for the next time",
  "rootfs-quiet": "say nothing but errors",
  "rootfs-help": `Sources:
  host                      this host's busybox where it is static, and the commands and paths asked for

It is built beside the directory and then renamed: nothing half done is ever there, and an interruption leaves nothing. A copy is kept in $XDG_CACHE_HOME/cooper/rootfs, or ~/.cache/cooper/rootfs, and taken the next time if everything it was made from is the same; --no-cache bypasses it, and it may be removed at any time. Copies that were not used for 90 days are removed.

Examples:
  cooper rootfs build /srv/box
  cooper rootfs build /srv/python --commands sh python3 --copy /usr/lib/python3.11`,

  "rootfs-source": "{source} is no source of root file systems; expected one of: {forms}",
  "rootfs-option":
    "{option} means nothing for {source}; leave it out, or see --help for what it belongs to",
  "rootfs-exists":
    "{directory} exists already and is not an empty directory; name another directory, or remove it",
  "rootfs-mount-point":
    "{directory} is a mount point, and a root file system is built beside its place and then renamed; name a directory in it",
  "rootfs-no-command": "this host has no command {command}",
  "rootfs-no-path": "this host has no {path}",
  "rootfs-copies-itself":
    "{path} contains the directory to make; copy something smaller, or name a directory elsewhere",
  "rootfs-tool": "{tool} is not installed; install it: apt-get install {package}",
  "rootfs-tool-failed": "the command failed with exit status {status}: {command}: {reason}",
  "rootfs-disk-full":
    "no space is left in {directory}; make room there, or name a directory on another disk",

  "rootfs-built": "{directory}: a root file system made from {from} in {seconds} s",
  "rootfs-cached": ", taken from the cache as made on {date} ({file}); --no-cache makes it anew",
  "rootfs-not-kept": "cooper: no copy is kept for the next time: {reason}",
  "rootfs-from-host": "this host's {commands}",
  "rootfs-copying": "copying from this host",
  "rootfs-no-devices":
    "There are no device nodes in it, which only root can make; a container of cooper's has them anyway.",
} as const;
