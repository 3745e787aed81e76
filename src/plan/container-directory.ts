import type { Spec } from "../model/spec/parse.js";
import { text } from "../model/param.js";
import type { HostVariable, Text } from "../model/value.js";
import {
  systemRunDirectory,
  containerDirectory,
  userRunDirectory,
} from "../steps/run-directory.js";
import { hasUserNamespace } from "./user-namespace.js";

/** Where containers are recorded: with a user namespace anybody may start one, and only then it depends on who. */
export const runDirectoryOf = (spec: Spec): string | HostVariable =>
  hasUserNamespace(spec) ? userRunDirectory : systemRunDirectory;

/** The directory of a container: its record, and files made for it. */
export const directoryOf = (spec: Spec): Text =>
  containerDirectory(spec.name, runDirectoryOf(spec));

/** The container's own /etc/resolv.conf and /etc/hosts, where they lie on the host. */
export const resolvConfFile = (spec: Spec): Text => text`${directoryOf(spec)}/resolv.conf`;
export const hostsFile = (spec: Spec): Text => text`${directoryOf(spec)}/hosts`;
