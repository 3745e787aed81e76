import { openat } from "../kernel/calls/file.js";
import { AT_FDCWD, O_CLOEXEC, O_DIRECTORY, O_PATH } from "../kernel/constants/file.js";
import type { StepWriter } from "../kernel/program/program.js";
import type { Result } from "../kernel/system-call.js";
import type { Container } from "./host.js";

/** Opens the root file system's directory, as a place only. */
export function openRoot(writer: StepWriter, root: string): Result {
  return writer.add(openat(AT_FDCWD, root, O_PATH | O_DIRECTORY | O_CLOEXEC));
}

/** The descriptor of the root file system's directory; opened by the first step that asks for it. */
export function rootDescriptor(container: Container, writer: StepWriter): Result {
  container.rootDescriptor ??= openRoot(writer, container.host.root);
  return container.rootDescriptor;
}
