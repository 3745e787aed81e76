import * as z from "zod/mini";
import { documented, issue, value, later } from "./field.js";

/** The largest user or group id; the number after it means "no change" to the system calls. */
const largestId = 4_294_967_294;

/** How many lines one file of mappings takes at once, whatever the numbers: they have to fit into a page. */
const mostMappings = 100;

/** `linux.uidMappings` and `linux.gidMappings` of the OCI runtime specification. */
const idMapping = later(() =>
  z.strictObject({
    containerID: documented(z.int().check(z.minimum(0), z.maximum(largestId)), {
      en: "The first id as the container sees it.",
      zh: "容器内看到的第一个 ID。",
    }),
    hostID: documented(
      value("integer", { range: { minimum: 0, maximum: largestId, unit: "(id)" } }),
      {
        en: "The id of the host it stands for.",
        zh: "它在宿主机上对应的 ID。",
      },
    ),
    size: documented(z.int().check(z.minimum(1), z.maximum(largestId + 1)), {
      en: "How many ids are mapped, one after the other.",
      zh: "连续映射的 ID 个数。",
    }),
  }),
);

export type IdMapping = z.output<typeof idMapping>;

export const idMappingsSchema = later(() =>
  z.array(idMapping).check(z.minLength(1), z.maxLength(mostMappings)),
);

interface Mapped {
  readonly namespaces: readonly string[];
  readonly uidMappings?: readonly IdMapping[] | undefined;
  readonly gidMappings?: readonly IdMapping[] | undefined;
  readonly process: {
    readonly user: {
      readonly uid: number;
      readonly gid: number;
      readonly additionalGids: readonly number[];
    };
  };
}

/** What the container's ids are mapped to when a config does not say: never an id that anybody has. */
export const defaultIdMappings: readonly IdMapping[] = [
  { containerID: 0, hostID: 100_000, size: 65_536 },
];

/** Who root of a container is on the host. */
export const rootHostID = (
  mappings: readonly IdMapping[] = defaultIdMappings,
): IdMapping["hostID"] => mappings.find(({ containerID }) => containerID === 0)?.hostID ?? 0;

/** What is wrong with the mappings of a container, and with who its command runs as. */
export function idMappingProblems({ namespaces, process: { user }, ...maps }: Mapped) {
  if (!namespaces.includes("user"))
    return maps.uidMappings === undefined
      ? []
      : [issue("namespace-missing", { namespace: "user", because: "uidMappings" }, ["namespaces"])];
  return (["uid", "gid"] as const).flatMap((kind) => {
    const field = `${kind}Mappings` as const;
    const mappings = maps[field] ?? defaultIdMappings;
    return [
      ...mappings.flatMap((each, index) =>
        mappingProblems(each, mappings.slice(0, index), [field, index]),
      ),
      ...(isMapped(0, mappings) ? [] : [issue("id-mapping-root", { field }, [field])]),
      ...usersOf(user, kind)
        .filter(({ id }) => !isMapped(id, mappings))
        .map(({ id, path }) =>
          issue("id-mapping-user", { id, field }, ["process", "user", ...path]),
        ),
    ];
  });
}

/** Whether an id of the container is one of the host's, too. */
export const isMapped = (id: number, mappings: readonly IdMapping[]): boolean =>
  mappings.some((each) => inRange(id, each));

/** The ids of a kind that the command runs with, and where they stand. */
function usersOf(
  { uid, gid, additionalGids }: Mapped["process"]["user"],
  kind: "uid" | "gid",
): { readonly id: number; readonly path: readonly PropertyKey[] }[] {
  if (kind === "uid") return [{ id: uid, path: ["uid"] }];
  const others = additionalGids.map((id, index) => ({ id, path: ["additionalGids", index] }));
  return [{ id: gid, path: ["gid"] }, ...others];
}

const inRange = (id: number, { containerID, size }: IdMapping) =>
  id >= containerID && id < containerID + size;

function mappingProblems(mapping: IdMapping, earlier: readonly IdMapping[], path: PropertyKey[]) {
  return (["containerID", "hostID"] as const).flatMap((side) => {
    const first = mapping[side];
    // What a parameter stands for is checked by the kernel.
    if (typeof first !== "number") return [];
    const beyond = first + mapping.size - 1 > largestId;
    const overlaps = earlier.some((each) => {
      const other = each[side];
      return typeof other === "number" && first < other + each.size && other < first + mapping.size;
    });
    return [
      ...(beyond
        ? [
            issue("id-mapping-range", { first, size: mapping.size, largest: largestId }, [
              ...path,
              "size",
            ]),
          ]
        : []),
      ...(overlaps
        ? [issue("id-mapping-overlap", { first, size: mapping.size }, [...path, side])]
        : []),
    ];
  });
}
