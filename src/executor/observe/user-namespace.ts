import { readFileSync } from "node:fs";

/** A user namespace, told from the outside. */
export interface ObservedUserNamespace {
  readonly uidMappings: readonly ObservedIdMapping[];
  readonly gidMappings: readonly ObservedIdMapping[];
  /** Whether supplementary groups can be set, and dropped, in there. */
  readonly setgroups: "allow" | "deny";
}

/** As in the OCI runtime specification. */
export interface ObservedIdMapping {
  readonly containerID: number;
  readonly hostID: number;
  readonly size: number;
}

/** Source: user_namespaces(7). */
export function observeUserNamespace(pid: number): ObservedUserNamespace {
  const setgroups = readFileSync(`/proc/${pid}/setgroups`, "utf8").trim();
  return {
    uidMappings: readIdMappings(`/proc/${pid}/uid_map`),
    gidMappings: readIdMappings(`/proc/${pid}/gid_map`),
    setgroups: setgroups === "deny" ? "deny" : "allow",
  };
}

/** Lines of three numbers: the first id inside, the one the reader knows it by, how many. */
function readIdMappings(file: string): ObservedIdMapping[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [containerID = 0, hostID = 0, size = 0] = line.trim().split(/\s+/).map(Number);
      return { containerID, hostID, size };
    });
}
