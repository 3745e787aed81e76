/** What the command line says, in English; `zh.ts` has the same keys. */
export const en = {
  description: "A compiler for containers: one typed config becomes a standalone bash script.",
  version: "print the version",
  help: "print help for a command",
  lang: "language of messages: en or zh (default: from LC_ALL, LC_MESSAGES or LANG)",

  compile: "compile a config into a standalone bash script",
  "compile-lang": "language of the script's messages and comments: en or zh (default: en)",
  config: "config file, .ts or .json",
  output: "write to this file instead of standard output, and make it executable",
  set: "fix a parameter now instead of when the container starts; may be repeated",

  plan: "show the steps that build the container",
  json: "print JSON",
  "plan-phase": "Phase",
  "plan-step": "Step",
  "plan-effect": "Effect on the host",
  "plan-undo": "Undo",

  lint: "check bash scripts with bash -n, shellcheck -o all and shfmt",
  files: "scripts to check",
  "lint-clean": "{file}: clean",
  "lint-missing": "{tool} is not installed; install it: apt-get install {package}",
  "shellcheck-missing":
    "shellcheck is not installed; install it (apt-get install shellcheck), or let its npm package download it: npx shellcheck --version",

  schema: "print the JSON Schema of a config",
  init: "write a commented config to begin with",
  "init-file": "file to write (default: container.ts)",
  "init-exists": "{file} exists already; name another file",
  "init-written": "{file} written; next: cooper compile {file} -o container.sh",

  rootfs: "prepare root file systems",
  "rootfs-build": "make a minimal root file system from this host's commands",
  "rootfs-directory": "directory to make",
  "rootfs-commands": "commands to copy, with the libraries they need (default: sh)",
  "rootfs-exists": "{directory} exists already; name another directory, or remove it",
  "rootfs-no-command": "this host has no command {command}",
  "rootfs-built": "{directory}: a root file system made from this host's {source}",

  error: "error",
  "write-failed": "{file} cannot be written: {reason}",
  internal: "this is a mistake in cooper itself: {reason}",
} as const;

export type MessageKey = keyof typeof en;
