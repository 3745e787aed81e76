import * as z from "zod/mini";
import { documented, issue, later, refined, transformed, value } from "./field.js";

/** A directory of the host, and not all of it. */
const directory = () =>
  refined(value("path", { form: "absolute" }), (path, context) => {
    if (typeof path === "string" && /^\/+(\.\/*)*$/.test(path))
      context.addIssue(issue("root-is-host"));
  });

const build = later(() =>
  z.strictObject({
    commands: documented(z._default(z.array(commandName()).check(z.minLength(1)), ["sh"]), {
      en: "Commands of this host to copy with the libraries they need. A static busybox brings all of its own.",
      zh: "从本机复制的命令，连同所需的库。静态链接的 busybox 自带全部命令。",
    }),
  }),
);

/** The most layers: as short names they fit into the options of one mount. */
const mostLayers = 64;

const layers = later(() =>
  refined(z.array(directory()).check(z.minLength(1), z.maxLength(mostLayers)), (paths, context) => {
    const repeated = paths.findIndex((each, index) => paths.indexOf(each) !== index);
    const value = paths[repeated];
    if (typeof value === "string")
      context.addIssue(issue("duplicate-value", { value }, [repeated]));
  }),
);

const overlay = later(() =>
  z.strictObject({
    path: documented(directory(), {
      en: "Directory on the host in which the writable layer is kept: its upper and work directories. It has to exist, on a file system that overlayfs can write to, and only one container may use it at a time.",
      zh: "宿主机上保存可写层的目录，其中会有 upper 和 work 两个子目录。目录必须已存在，所在文件系统须支持作为 overlayfs 的 upper；同一时间只能由一个容器使用。",
    }),
  }),
);

const commandName = () => z.string().check(z.regex(/^[A-Za-z0-9_.+-]{1,64}$/));

/** `root` of the OCI runtime specification, and where a root file system comes from when there is none. */
const written = z.strictObject({
  path: documented(z.optional(directory()), {
    en: "Directory of the root file system on the host.",
    zh: "宿主机上 rootfs 所在的目录。",
  }),
  build: documented(z.optional(build), {
    en: "Make a minimal root file system from this host's busybox, or bash, for the life of the container.",
    zh: "用本机的 busybox 或 bash 构建最小 rootfs，随容器一同删除。",
  }),
  layers: documented(z.optional(layers), {
    en: "Read-only directories of the host that overlayfs merges into the root file system, the lowest first, as the layers of an image: of a file that several have, the last one's is seen. Without `overlay`, what the container writes is thrown away with it.",
    zh: "宿主机上的只读目录，由 overlayfs 合并成 rootfs，最底层在前，与镜像的层顺序相同：多层都有的文件以最后一层为准。不写 `overlay` 时，容器写入的内容随容器一同丢弃。",
  }),
  overlay: documented(z.optional(overlay), {
    en: "Keeps what the container writes over `layers`: the next container with the same directory finds it again.",
    zh: "保留容器在 `layers` 之上写入的内容：下次使用同一目录的容器还能看到。",
  }),
  readonly: documented(z._default(z.boolean(), false), {
    en: "The container may not change its root file system, as `docker run --read-only`; what is mounted in it has options of its own.",
    zh: "容器不能修改 rootfs，同 `docker run --read-only`；其中的挂载各有自己的选项。",
  }),
  switch: documented(z._default(z.enum(["pivot_root", "chroot"]), "pivot_root"), {
    en: "How the container gets its root: pivot_root detaches the host's file system, chroot only hides it.",
    zh: "切换根目录的方式：pivot_root 卸载宿主机的文件系统，chroot 只是把它藏起来。",
  }),
});

/** The same with a source, whatever was written. */
export const rootSchema = refined(
  transformed(written, (root) =>
    sourcesOf(root).length === 0 ? { ...root, build: { commands: ["sh"] } } : root,
  ),
  (root, context) => {
    const [, second] = sourcesOf(root);
    if (second !== undefined) context.addIssue(issue("root-both", {}, [second]));
    if (root.overlay !== undefined && root.layers === undefined)
      context.addIssue(issue("overlay-alone", {}, ["overlay"]));
  },
);

/** The fields that say where a root file system comes from; one of them is enough. */
const sources = ["path", "build", "layers"] as const;

const sourcesOf = (root: Readonly<Partial<Record<(typeof sources)[number], unknown>>>) =>
  sources.filter((each) => root[each] !== undefined);
