import { type RootfsSaying, saying } from "../saying.js";

/** What an image has and the root file system has not, by what the user is told about it. */
export class Omissions {
  readonly #names = new Map<"rootfs-devices-left-out" | "rootfs-attributes-left-out", string[]>();

  add(kind: "rootfs-devices-left-out" | "rootfs-attributes-left-out", name: string): void {
    this.#names.set(kind, [...(this.#names.get(kind) ?? []), name]);
  }

  /** One saying of a kind, with the first few names. */
  notes(): RootfsSaying[] {
    return [...this.#names].map(([kind, names]) =>
      saying(kind, {
        count: String(names.length),
        names: names.slice(0, 3).join(", ") + (names.length > 3 ? ", …" : ""),
      }),
    );
  }
}
