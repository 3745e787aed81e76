import * as z from "zod";
import { documented, issue, later, value } from "./field.js";

const rootPath = value("path", { form: "absolute" }).superRefine((path, context) => {
  if (typeof path === "string" && /^\/+(\.\/*)*$/.test(path))
    context.addIssue(issue("root-is-host"));
});

const build = later(() =>
  z.strictObject({
    commands: documented(z.array(commandName()).min(1).default(["sh"]), {
      en: "Commands of this host to copy with the libraries they need. A static busybox brings all of its own.",
      zh: "从本机复制的命令，连同所需的库。静态链接的 busybox 自带全部命令。",
    }),
  }),
);

const commandName = () => z.string().regex(/^[A-Za-z0-9_.+-]{1,64}$/);

/** `root` of the OCI runtime specification, and where a root file system comes from when there is none. */
export const rootSchema = z
  .strictObject({
    path: documented(rootPath.optional(), {
      en: "Directory of the root file system on the host.",
      zh: "宿主机上 rootfs 所在的目录。",
    }),
    build: documented(build.optional(), {
      en: "Make a minimal root file system from this host's busybox, or bash, for the life of the container.",
      zh: "用本机的 busybox 或 bash 构建最小 rootfs，随容器一同删除。",
    }),
    readonly: documented(z.boolean().default(false), {
      en: "The container may not change its root file system, as `docker run --read-only`; what is mounted in it has options of its own.",
      zh: "容器不能修改 rootfs，同 `docker run --read-only`；其中的挂载各有自己的选项。",
    }),
    switch: documented(z.enum(["pivot_root", "chroot"]).default("pivot_root"), {
      en: "How the container gets its root: pivot_root detaches the host's file system, chroot only hides it.",
      zh: "切换根目录的方式：pivot_root 卸载宿主机的文件系统，chroot 只是把它藏起来。",
    }),
  })
  .transform((root) =>
    root.path === undefined && root.build === undefined
      ? { ...root, build: { commands: ["sh"] } }
      : root,
  )
  .superRefine((root, context) => {
    if (root.path !== undefined && root.build !== undefined)
      context.addIssue(issue("root-both", {}, ["build"]));
  });
