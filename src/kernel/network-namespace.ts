/** Named network namespaces, kept as iproute2 keeps them: see ip-netns(8). */
import { closeSync, mkdirSync, openSync, unlinkSync } from "node:fs";
import { mount, umount2 } from "./calls/mount.js";
import { setns, unshare } from "./calls/namespace.js";
import { CLONE_NEWNET } from "./constants/clone.js";
import { MNT_DETACH, MS_BIND, MS_REC, MS_SHARED } from "./constants/mount.js";
import { performSystemCall, trySystemCall } from "./libc.js";
import { SystemCallError } from "./system-call-error.js";

/** Where names of network namespaces are files. */
export const networkNamespaceDirectory = "/run/netns";

/**
 * The file that stands for a named network namespace.
 * @throws TypeError for a name that is not a file name
 */
export function networkNamespacePath(name: string): string {
  if (name === "" || name === "." || name === ".." || /[/\0]/.test(name))
    throw new TypeError(`not a name for a network namespace: ${JSON.stringify(name)}`);
  return `${networkNamespaceDirectory}/${name}`;
}

/**
 * Makes a network namespace and pins it under /run/netns, as `ip netns add` does. Its interfaces
 * (a `lo` that is down) can be configured at once.
 * @throws SystemCallError or NodeJS.ErrnoException; code EEXIST when the name is taken
 */
export function createNetworkNamespace(name: string): void {
  pinAt(name, pinNewNamespace);
}

/**
 * Pins the network namespace of a process under /run/netns, as `ip netns attach` does.
 * @throws SystemCallError or NodeJS.ErrnoException; code EEXIST when the name is taken
 */
export function attachNetworkNamespace(name: string, pid: number): void {
  pinAt(name, (path) => performSystemCall(mount(`/proc/${pid}/ns/net`, path, null, MS_BIND, null)));
}

function pinAt(name: string, pin: (path: string) => void): void {
  const path = networkNamespacePath(name);
  mkdirSync(networkNamespaceDirectory, { recursive: true, mode: 0o755 });
  shareMounts(networkNamespaceDirectory);
  closeSync(openSync(path, "wx", 0));
  try {
    pin(path);
  } catch (error) {
    unlinkSync(path);
    throw error;
  }
}

/**
 * Lets mounts in the directory appear in other mount namespaces, and above all their unmounting:
 * otherwise a process started elsewhere would keep a deleted namespace busy. Only a mount point can
 * be shared, so the directory is bound to itself at first.
 */
function shareMounts(directory: string): void {
  const share = mount("", directory, null, MS_REC | MS_SHARED, null);
  if (trySystemCall(share) === 0) return;
  performSystemCall(mount(directory, directory, null, MS_BIND | MS_REC, null));
  performSystemCall(share);
}

function pinNewNamespace(path: string): void {
  // What `thread-self` names changes with unshare, so it serves for the way back and for the pin.
  const own = "/proc/thread-self/ns/net";
  const back = openSync(own, "r");
  try {
    performSystemCall(unshare(CLONE_NEWNET));
    try {
      performSystemCall(mount(own, path, null, MS_BIND, null));
    } finally {
      performSystemCall(setns(back, CLONE_NEWNET));
    }
  } finally {
    closeSync(back);
  }
}

/**
 * A descriptor of a named network namespace, closed on execve; to be closed by the caller.
 * @throws NodeJS.ErrnoException; code ENOENT when there is none of this name
 */
export function openNetworkNamespace(name: string): number {
  return openSync(networkNamespacePath(name), "r");
}

/**
 * Takes the name away, as `ip netns delete` does; the namespace ends with its last process.
 * @throws NodeJS.ErrnoException; code ENOENT when there is none of this name
 */
export function deleteNetworkNamespace(name: string): void {
  const path = networkNamespacePath(name);
  try {
    performSystemCall(umount2(path, MNT_DETACH));
  } catch (error) {
    // A file left by a creation that was interrupted is no mount point; a missing one is found below.
    const harmless = error instanceof SystemCallError && /^(EINVAL|ENOENT)$/.test(error.errnoName);
    if (!harmless) throw error;
  }
  unlinkSync(path);
}
