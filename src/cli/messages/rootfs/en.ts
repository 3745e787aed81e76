/** What `cooper rootfs` says, in English; `zh.ts` has the same keys. */
export const rootfsEn = {
  rootfs: "prepare root file systems",
  "rootfs-build": "make a root file system",
  "rootfs-script": "compile the making of a root file system into a standalone bash script",
  "rootfs-script-directory": "directory that the script makes when its user names none",
  "rootfs-script-help": `The sources are those of: cooper rootfs build --help
The script of an archive is made for that one image: it was looked through, and its layers are named
by digest.

Examples:
  cooper rootfs script /srv/box -o box.sh
  cooper rootfs script --from debootstrap:bookworm --variant minbase -o debian.sh
  cooper rootfs script --from archive:alpine.tar -o alpine.sh`,
  "rootfs-directory": "directory to make; it may exist when it is empty",
  "rootfs-from": "what to make it from; see below (default: host)",
  "rootfs-commands":
    "host: commands to copy, such as sh,python3, with the libraries or interpreters they need; may be repeated (default: sh)",
  "rootfs-copy":
    "host: a file or directory to copy to the same place, with the libraries it needs; may be repeated",
  "rootfs-mirror-flag":
    "debootstrap: where to get packages (default: where this host gets that suite, else debootstrap's own)",
  "rootfs-arch": "debootstrap: architecture, such as amd64 (default: this host's)",
  "rootfs-variant": "debootstrap: minbase for the least, buildd for building packages",
  "rootfs-include": "debootstrap: packages besides, such as curl,ca-certificates",
  "rootfs-keyring": "debootstrap: file of the keys that sign the distribution",
  "rootfs-tag": "archive: which image of several, by its tag or its whole name",
  "rootfs-for-platform":
    "image, archive: which platform of several, such as linux/arm64 (default: this host's)",
  "rootfs-config": "also write a config that runs it, as the image says it is to be run",
  "rootfs-no-cache": "make it anew, and do not keep a copy for the next time",
  "rootfs-quiet": "say nothing but errors",
  "rootfs-help": `Sources:
  host            this host's busybox where it is static, and the commands and paths asked for
  debootstrap:SUITE
                  a Debian or Ubuntu system by debootstrap, such as debootstrap:bookworm; its signature is verified
  image:NAME      an image of docker or podman, whichever is there: by create and export
  docker:NAME     an image of docker
  podman:NAME     an image of podman
  archive:PATH    an archive of docker save, an OCI layout directory, or an archive of one; needs no engine

It is built beside the directory and then renamed: nothing half done is ever there, and an
interruption leaves nothing; only SIGKILL leaves DIRECTORY.PID.partial, which may be removed.
A copy is kept in $XDG_CACHE_HOME/cooper/rootfs, or ~/.cache/cooper/rootfs, and taken the next time
if everything it was made from is the same; --no-cache bypasses it, and it may be removed at any
time. Copies that were not used for 90 days are removed. What a mirror has got since is not looked
at: --no-cache fetches it.

Examples:
  cooper rootfs build /srv/box
  cooper rootfs build --from debootstrap:bookworm --variant minbase /srv/debian
  cooper rootfs build /srv/python --commands sh,python3 --copy /usr/lib/python3.11
  cooper rootfs build --from image:alpine:latest /srv/alpine --config alpine.json
  cooper rootfs build --from archive:alpine.tar /srv/alpine`,

  "rootfs-source": "{source} is no source of root file systems; expected one of: {forms}",
  "rootfs-option":
    "{option} means nothing for {source}; leave it out, or see --help for what it belongs to",
  "rootfs-exists":
    "{directory} exists already and is not an empty directory; name another directory, or remove it",
  "rootfs-mount-point":
    "{directory} is a mount point, and a root file system is built beside its place and then renamed; name a directory in it",
  "rootfs-no-command": "this host has no command '{command}'",
  "rootfs-no-path": "this host has no {path}",
  "rootfs-copies-itself":
    "{path} contains the directory to make; copy something smaller, or name a directory elsewhere",
  "rootfs-platform": "{platform} is no platform; expected OS/ARCHITECTURE such as linux/arm64",
  "rootfs-compression":
    "{file} is compressed with {compression}, which cannot be read; expected gzip, zstd or none",
  "rootfs-image-format": "{file} cannot be read as part of an image: {reason}",
  "rootfs-image-none":
    "there is no image in {file}; expected an archive of docker save, an OCI layout directory, or an archive of one",
  "rootfs-image-unknown": "{file} has no image {tag}; it has: {images}",
  "rootfs-image-which": "{file} has several images; say which one with --tag: {images}",
  "rootfs-image-platform":
    "{file} has no image for {platform}; it has: {platforms}; ask for one of these with --platform",
  "rootfs-image-incomplete": "{file} lacks {blob}, which its image consists of; save it again",
  "rootfs-digest":
    "the content is not what its digest says: expected {expected}, found {found}; the image is damaged or was changed",
  "rootfs-layer-damaged": "the layer {layer} is damaged: {reason}",
  "rootfs-entry-escapes":
    "the image wants to write outside the root file system: {entry}; do not trust it",
  "rootfs-entry-link": "the image has a hard link {entry} to {target}, which is no file in it",
  "rootfs-entry-name": "the image has a file whose name is no UTF-8: {entry}",
  "rootfs-entry-type": "the image has a file of an unknown type: {entry}",
  "rootfs-user":
    "the image is to be run as {user}, whom its {file} does not know; write the config by hand",
  "rootfs-no-engine":
    "neither docker nor podman is installed; install one (apt-get install podman), or save the image elsewhere (docker save -o image.tar NAME) and use --from archive:image.tar",
  "rootfs-value": "{value} cannot be the value of {option}; see --help",
  "rootfs-not-root":
    "{source} makes device nodes and changes its root directory, which needs root; try: sudo cooper",
  "rootfs-suite":
    "debootstrap does not know the suite {suite}; it knows those in /usr/share/debootstrap/scripts",
  "rootfs-signature":
    "it cannot be verified who made {suite}: {reason}; install the distribution's keys (for Ubuntu: apt-get install ubuntu-keyring), or name their file with --keyring",
  "rootfs-mirror":
    "the mirror {mirror} cannot be reached, or has no suite {suite}: {reason}; name another with --mirror",
  "rootfs-script-link":
    "this image writes through a symbolic link of a lower layer ({entry}), which tar in a script would follow out of the root file system; use: cooper rootfs build",
  "rootfs-tool": "{tool} is not installed; install it: apt-get install {package}",
  "rootfs-tool-failed": "the command failed with exit status {status}: {command}: {reason}",
  "rootfs-disk-full":
    "no space is left in {directory}; make room there, or name a directory on another disk",

  "rootfs-built": "{directory}: a root file system made from {from} in {seconds} s",
  "rootfs-cached": ", taken from the cache as made on {date} ({file}); --no-cache makes it anew",
  "rootfs-not-kept": "cooper: no copy is kept for the next time: {reason}",
  "rootfs-from-host": "this host's {commands}",
  "rootfs-from-image": "the image {image}",
  "rootfs-reading-image": "looking through {file}",
  "rootfs-layer": "layer {number} of {count}: {percent} %",
  "rootfs-pulling": "{engine} pulls {image}",
  "rootfs-exporting": "{engine} exports: {mebibytes} MiB",
  "rootfs-from-suite": "{suite}",
  "rootfs-from-mirror": "{suite} of {mirror}",
  "rootfs-bootstrapping": "debootstrap: {doing}",
  "rootfs-devices-left-out":
    "{count} device nodes of the image are left out: {names}; a container of cooper's has a /dev of its own.",
  "rootfs-attributes-left-out":
    "{count} files of the image lost their capabilities or extended attributes: {names}.",
  "rootfs-copying": "copying from this host",
  "rootfs-no-devices":
    "There are no device nodes in it, which only root can make; a container of cooper's has them anyway.",
} as const;
