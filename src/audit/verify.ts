import { createTwoFilesPatch } from "diff";
import { CooperError } from "../model/errors.js";
import { version } from "../model/version.js";
import { readScript, regenerate } from "./script-source.js";

/** What became of a generated script. */
export interface Verdict {
  /** Whether it is, byte for byte, what Cooper wrote. */
  readonly unedited: boolean;
  /** The hash of the spec it was generated from, in hexadecimal. */
  readonly hash: string;
  /** Every edit as a unified diff, from what Cooper wrote to what is there; empty when there is none. */
  readonly edits: string;
}

/**
 * Generates a script again from the spec at its end, and compares.
 *
 * Who edits the spec, its hash and the script all alike has written another script, which is then reported as unedited:
 * compare {@link Verdict.hash} with that of the config you expect.
 *
 * @param name how the diff and errors name the script
 * @throws CooperError `script-foreign`, `script-spec`; `script-version` when another version of Cooper wrote it
 *
 * @example
 * import { compile, verify } from "cooper";
 *
 * const script = compile({ privileged: true });
 * console.log(verify(script).unedited, verify(`${script}\necho more`).unedited); // true false
 */
export function verify(script: string, name = "script"): Verdict {
  const source = readScript(script, name);
  if (source.version !== version)
    throw CooperError.of("script-version", { name, found: source.version, own: version });
  const generated = regenerate(source);
  const unedited = generated === script;
  return {
    unedited,
    hash: source.hash,
    edits: unedited
      ? ""
      : createTwoFilesPatch(`${name} (cooper ${version})`, name, generated, script),
  };
}
