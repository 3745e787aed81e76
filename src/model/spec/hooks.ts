import * as z from "zod/mini";
import { documented, later, value } from "./field.js";

/** A program and its arguments. */
const hook = later(() => z.tuple([value("path", { form: "absolute" })], value("text")));

const hooks = () => z._default(z.array(hook), []);

/** `hooks` of the OCI runtime specification, each as a list of arguments. */
export const hooksSchema = later(() =>
  z.strictObject({
    createRuntime: documented(hooks(), {
      en: "On the host, when the container has its namespaces and mounts and its root is not switched yet. One that fails ends the start.",
      zh: "在宿主机上运行；此时容器的 namespace 和挂载都已就绪，还没有切换根目录。失败则启动失败。",
    }),
    createContainer: documented(hooks(), {
      en: "In the namespaces of the container, after those of createRuntime, and with the host's files still there: what it mounts in the root file system the container finds. One that fails ends the start.",
      zh: "在容器的 namespace 中运行，排在 createRuntime 之后；此时仍能看到宿主机的文件，在 rootfs 中所做的挂载容器都能看到。失败则启动失败。",
    }),
    startContainer: documented(hooks(), {
      en: "Inside the container, right before its command and like it: a program of the root file system, with the command's user, rights, environment and working directory. One that fails ends the start.",
      zh: "在容器内部、命令启动之前运行，条件与命令相同：程序取自 rootfs，用户、权限、环境变量和工作目录都与命令一样。失败则启动失败。",
    }),
    poststart: documented(hooks(), {
      en: "On the host, when the command has been started. One that fails is a warning.",
      zh: "在宿主机上运行；此时命令已经启动。失败只给出警告。",
    }),
    poststop: documented(hooks(), {
      en: "On the host, when the container has ended and everything made for it is gone, also where its start has failed half-way; where the launcher was killed, cooper clean runs it. One that fails is a warning.",
      zh: "在宿主机上运行；此时容器已经结束，为它创建的一切都已删除；启动中途失败时也会运行；启动者被杀死时，由 cooper clean 运行。失败只给出警告。",
    }),
  }),
);

export type Hooks = z.output<typeof hooksSchema>;

/** OCI's names of the lists. */
export type HookName = keyof Hooks;

/** Those whose programs run in the namespaces of the host. */
export type HostHookName = Exclude<HookName, "createContainer" | "startContainer">;
