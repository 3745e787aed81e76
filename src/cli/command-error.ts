import { message, type MessageKey } from "./messages/index.js";

/** Something a command could not do, told by a message of the command line. */
export class CommandError extends Error {
  override readonly name = "CommandError";

  constructor(
    readonly key: MessageKey,
    readonly values: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(message("en", key, values), options);
  }
}
