import { existsSync } from "node:fs";
import { release } from "node:os";
import { namespaceTypes } from "../../model/spec/container.js";
import { readOrEmpty } from "../../steps/records.js";
import { type Finding, ok, problem, warning } from "./finding.js";

/** The newest system call that a run needs is mount_setattr(2). */
const neededKernel = "5.12";

/** Names below /proc/self/ns where they differ. */
const files: Readonly<Record<string, string>> = { mount: "mnt", network: "net" };

/** What the kernel can do. */
export function examineKernel(): Finding[] {
  return [kernel(), namespaces(), userNamespaces(), overlay()];
}

function kernel(): Finding {
  const values = { release: release(), needed: neededKernel };
  return isOlder(release(), neededKernel) ? problem("kernel-old", values) : ok("kernel", values);
}

/** Compares the numbers that versions begin with. */
export function isOlder(version: string, needed: string): boolean {
  const numbers = (text: string) => text.split(/[^0-9]+/).map(Number);
  const [own, wanted] = [numbers(version), numbers(needed)];
  const differing = wanted.findIndex((number, index) => number !== (own[index] ?? 0));
  return differing >= 0 && (own[differing] ?? 0) < (wanted[differing] ?? 0);
}

function namespaces(): Finding {
  const missing = namespaceTypes.filter(
    (type) => !existsSync(`/proc/self/ns/${files[type] ?? type}`),
  );
  return missing.length === 0
    ? ok("namespaces", { names: namespaceTypes.join(", ") })
    : problem("namespaces-missing", { names: missing.join(", ") });
}

/** Source: namespaces(7). */
function userNamespaces(): Finding {
  const limit = readOrEmpty("/proc/sys/user/max_user_namespaces").trim();
  return limit === "0"
    ? warning("user-namespaces-none", {}, ["sysctl", "-qw", "user.max_user_namespaces=15000"])
    : ok("user-namespaces", { limit });
}

function overlay(): Finding {
  return /\boverlay$/m.test(readOrEmpty("/proc/filesystems"))
    ? ok("overlay")
    : warning("overlay-missing", {}, ["modprobe", "overlay"]);
}
