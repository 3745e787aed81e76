import { findTool } from "../../kernel/find-tool.js";
import { RootfsError } from "../rootfs-error.js";
import { saying } from "../saying.js";
import type { MethodContext, Prepare } from "../source.js";
import { missingTool, runTool } from "../tool.js";
import { type Bootstrap, bootstrapOf } from "./arguments.js";
import { bootstrapCommand, configuredMirror } from "./command.js";

/** From a mirror of Debian's or of a distribution derived from it, by debootstrap(8). */
export const prepare: Prepare = async (source, context) => {
  const bootstrap = bootstrapOf(source);
  if (process.geteuid?.() !== 0)
    throw new RootfsError("rootfs-not-root", { source: "debootstrap" });
  // What starts it would tell that it is missing in its own way.
  if (findTool("debootstrap") === undefined) throw missingTool("debootstrap");
  const mirror =
    bootstrap.mirror ?? (await configuredMirror(bootstrap.suite, context.signal)) ?? "";
  return {
    key: ["debootstrap", ...bootstrap.options, bootstrap.suite, mirror],
    populate: async (root) => {
      await run({ ...bootstrap, mirror }, root, context);
      const { suite } = bootstrap;
      return {
        from:
          mirror === ""
            ? saying("rootfs-from-suite", { suite })
            : saying("rootfs-from-mirror", { suite, mirror }),
      };
    },
  };
};

async function run(
  bootstrap: Bootstrap & { readonly mirror: string },
  root: string,
  { signal, progress }: MethodContext,
): Promise<void> {
  const { suite, mirror } = bootstrap;
  const onLine = (line: string) => {
    const [, doing] = /^I: (.*)/.exec(line) ?? [];
    if (doing !== undefined) progress(saying("rootfs-bootstrapping", { doing }));
  };
  await runTool(bootstrapCommand(bootstrap, root), { signal, onLine }).catch((error: unknown) => {
    throw explained(error, { suite, mirror: mirror || "debootstrap(8)" });
  });
}

/** The failures that people can do something about, by debootstrap's own words. */
const failures = [
  ["rootfs-suite", /No such script/],
  [
    "rootfs-signature",
    /signed by unknown key|Keyring file not available|Invalid Release signature/,
  ],
  ["rootfs-mirror", /Failed getting release file|Invalid Release file|Couldn't download/],
] as const;

function explained(error: unknown, values: Readonly<Record<string, string>>): unknown {
  if (!(error instanceof RootfsError)) return error;
  // Behind what it did until then.
  const [reason = ""] = /(?<=\bE: ).*/.exec(error.values["reason"] ?? "") ?? [];
  const [code] = failures.find(([, words]) => words.test(reason)) ?? [];
  return code === undefined
    ? error
    : new RootfsError(code, { ...values, reason }, { cause: error });
}
