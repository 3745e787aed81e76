import path from "node:path";
import * as z from "zod/mini";
import { documented, issue, later, refined, value } from "./field.js";
import { destination } from "./mounts.js";

const permissions = () => z.int().check(z.minimum(0), z.maximum(0o777));

const file = later(() =>
  z.strictObject({
    path: documented(destination, {
      en: "Where the file appears inside the container.",
      zh: "文件在容器内的路径。",
    }),
    content: documented(value("text"), {
      en: "What is in it, to the byte: text in UTF-8, with a line end at its end only where one is written.",
      zh: "文件的完整内容：UTF-8 文本，逐字节保留；末尾是否换行以所写为准。",
    }),
    mode: documented(z._default(permissions(), 0o644), {
      en: "Permissions; a number, so write 0o600 in TypeScript and 384 in JSON. The file belongs to who starts the container.",
      zh: "权限位；是一个数字，TypeScript 中写 0o600，JSON 中写 384。文件属于启动容器的用户。",
    }),
  }),
);

/** `configs` of Compose: files of this container alone, with what a config says in them. */
export const filesSchema = refined(z.array(file), (files, context) => {
  const places = files.map((each) => path.posix.resolve(each.path));
  for (const [index, place] of places.entries())
    if (places.indexOf(place) < index)
      context.addIssue(issue("duplicate-value", { value: place }, [index, "path"]));
});
