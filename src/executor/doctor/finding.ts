import type { DoctorMessage } from "./messages/en.js";

/** `problem`: containers do not work, or not all of it; `warning`: something may not. */
export type FindingStatus = "ok" | "warning" | "problem";

/** One thing that was looked at. */
export interface Finding {
  readonly code: DoctorMessage;
  readonly status: FindingStatus;
  /** What the message's placeholders stand for. */
  readonly values: Readonly<Record<string, string>>;
  /** The command that mends it, where one does. */
  readonly fix?: readonly [string, ...string[]];
}

/** What is as it should be. */
export const ok = (code: DoctorMessage, values: Finding["values"] = {}): Finding => ({
  code,
  status: "ok",
  values,
});

/** What may keep some containers from working. */
export const warning = (
  code: DoctorMessage,
  values: Finding["values"] = {},
  fix?: Finding["fix"],
): Finding => ({ code, status: "warning", values, ...(fix === undefined ? {} : { fix }) });

/** What keeps containers from working. */
export const problem = (
  code: DoctorMessage,
  values: Finding["values"] = {},
  fix?: Finding["fix"],
): Finding => ({ ...warning(code, values, fix), status: "problem" });
