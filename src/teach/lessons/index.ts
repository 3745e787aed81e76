import { chroot } from "./01-chroot.js";
import { isolated } from "./02-isolated.js";
import { cgroups } from "./03-cgroups.js";
import { network } from "./04-network.js";
import { full } from "./05-full.js";
import { simple } from "./06-simple.js";
import { advanced } from "./07-advanced.js";
import { web } from "./08-web.js";
import { stack } from "./09-stack.js";
import { overlay } from "./10-overlay.js";
import { userns } from "./11-userns.js";
import { io } from "./12-io.js";
import { join } from "./13-join.js";
import { hardened } from "./14-hardened.js";
import type { Lesson } from "./lesson.js";

/** The lessons, in order: one for each golden case. */
export const lessons: readonly Lesson[] = [
  chroot,
  isolated,
  cgroups,
  network,
  full,
  simple,
  advanced,
  web,
  stack,
  overlay,
  userns,
  io,
  join,
  hardened,
];
