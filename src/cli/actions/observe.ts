import { requireRoot } from "../../executor/container-error.js";
import { findContainer } from "../../executor/container-handle.js";
import { formatState } from "../../executor/observe/state.js";
import { print } from "../print.js";

/** `cooper observe`: what the kernel says about a container, as JSON. */
export async function observeCommand(name: string): Promise<void> {
  requireRoot();
  print(formatState(await findContainer(name).observe()));
}
