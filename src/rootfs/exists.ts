import { lstat } from "node:fs/promises";

/** Whether there is anything at a path, be it a symbolic link that leads nowhere. */
export const exists = (file: string): Promise<boolean> =>
  lstat(file).then(
    () => true,
    () => false,
  );
