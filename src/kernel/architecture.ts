/** The processor architectures Cooper's kernel path knows, named as Node names them. */
export type Architecture = "x64" | "arm64";

/**
 * The architecture of this process.
 * @throws Error on any other architecture, or on a system that is not Linux.
 */
export function currentArchitecture(): Architecture {
  if (process.platform !== "linux")
    throw new Error(`containers need Linux; this is ${process.platform}`);
  if (process.arch === "x64" || process.arch === "arm64") return process.arch;
  throw new Error(`the kernel path knows x64 and arm64; this is ${process.arch}`);
}
