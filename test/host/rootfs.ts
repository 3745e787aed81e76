import { chmod, copyFile, mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";

/** What tests run in a container; all are names of one static busybox. */
const applets =
  "cat cp dd echo env false grep hostname httpd id ip kill ls mkdir mount nc printf ps pwd rm sed sh sleep stty test touch true umount uname wc wget";

/** Made by hand rather than by a builder of Cooper's: it is what Cooper is tested with. */
export async function makeRootfs(directory: string): Promise<void> {
  for (const each of ["bin", "dev", "etc", "proc", "sys", "tmp"])
    await mkdir(path.join(directory, each), { recursive: true });
  const busybox = path.join(directory, "bin/busybox");
  await copyFile("/bin/busybox", busybox);
  await chmod(busybox, 0o755);
  for (const applet of applets.split(" "))
    await symlink("busybox", path.join(directory, "bin", applet));
  await writeFile(path.join(directory, "etc/passwd"), "root:x:0:0:root:/:/bin/sh\n");
  await writeFile(path.join(directory, "etc/group"), "root:x:0:\n");
}
