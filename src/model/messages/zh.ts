import zodChinese from "zod/v4/locales/zh-CN.js";
import type { $ZodRawIssue } from "zod/v4/core";
import type { ValueTypeName } from "../value-types.js";
import type { en } from "./en.js";

const expectedType: Record<ValueTypeName, string> = {
  name: "由字母、数字、“_”、“.”、“-”组成的名称，以字母或数字开头，最长 63 个字符",
  path: "不含控制字符的路径",
  integer: "最多 15 位的整数",
  bytes: '内存大小，例如 268435456、"256m" 或 "256MiB"',
  text: "不含 NUL 字符的文本",
};

const zodMessage = (issue: unknown) => {
  const found = zodChinese().localeError(issue as $ZodRawIssue);
  return typeof found === "string" ? found : (found?.message ?? "");
};

const quote = (value: unknown) => (JSON.stringify(value) as string | undefined) ?? String(value);

const suggest = (name: string | undefined) =>
  name === undefined ? "" : `，是否想写 ${quote(name)}？`;

/** 配置有误时的全部消息；键与 `en.ts` 相同。 */
export const zh: typeof en = {
  // 参数与值
  "parameter-name": (p) =>
    `${quote(p.name)} 不能用作参数名：应为大写字母、数字和“_”，且不能是 bash 或系统工具自己使用的名称；请换一个，例如 "CONTAINER_NAME"`,
  "parameter-default": (p) =>
    `参数 ${p.name} 的默认值是 ${quote(p.value)}，应为${expectedType[p.type]}`,
  "parameter-in-string": (p) =>
    `${p.name} 在容器启动之前没有值；拼接文本请写 text\`…\${value}…\`，算术请用 add、subtract、multiply、divide`,
  "parameter-misplaced": () => "此处的值在容器启动之前就必须确定，不能取决于参数；请直接写出值",
  "parameter-unknown": (p) =>
    `没有名为 ${quote(p.name)} 的参数${suggest(p.suggestion)}（已有参数：${p.known.join("、") || "无"}）`,
  "parameter-conflict": (p) =>
    `参数 ${p.name} 声明了两次，而类型或默认值不同；请只声明一次，在两处共用`,
  "parameter-assignment": (p) => `${quote(p.text)} 不是赋值；请写成 NAME=VALUE`,
  "environment-assignment": (p) =>
    `${quote(p.text)} 没有设置环境变量；请写 -e NAME=VALUE（宿主机的环境变量一概不传入）`,
  "user-flag": (p) => `${quote(p.text)} 不是用户；请写 -u UID 或 -u UID:GID（数字）`,
  "add-host-flag": (p) =>
    `${quote(p.text)} 不是主机；请写 --add-host 名称:地址，例如 --add-host db:10.200.1.5`,
  "userns-flag": (p) =>
    `没有 ${quote(p.text)} 这种 user namespace；使用独立的请写 --userns private，不使用请写 --userns host`,
  "id-map-flag": (p) =>
    `${quote(p.text)} 不是 ID 映射；请写 容器内 ID:宿主机 ID:个数（数字），例如 0:100000:65536`,
  "group-flag": (p) => `${quote(p.text)} 不是组；请写 --group-add GID（数字）`,
  "security-flag": (p) =>
    `不支持安全选项 ${quote(p.text)}；请写 --security-opt no-new-privileges、no-new-privileges=false 或 systempaths=unconfined`,
  "ulimit-flag": (p) =>
    `${quote(p.text)} 不是资源限制；请写 --ulimit 类型=软限制 或 类型=软限制:硬限制，例如 nofile=1024:2048，-1 表示不限制（类型：${p.known.join("、")}）`,
  "oom-score-flag": (p) =>
    `${quote(p.text)} 不是 OOM 评分调整值；请写 -1000 到 1000 的整数，例如 --oom-score-adj 500`,
  "cpus-flag": (p) => `${quote(p.text)} 不是 CPU 核数；请写数字，例如 --cpus 0.5`,
  "pids-flag": (p) => `${quote(p.text)} 不是进程数；请写整数，例如 --pids-limit 100`,
  "device-flag": (p) =>
    `${quote(p.text)} 不是设备及其速率；请写“路径:速率”，例如 --device-read-bps /dev/sda:10mb 或 --device-read-iops /dev/sda:100`,
  "volume-flag": (p) =>
    `${quote(p.text)} 不是数据卷；请写 -v /srv/data:/data、-v NAME:/data 或 -v /srv/data:/data:ro；路径含冒号时请用 --mount`,
  "tmpfs-flag": (p) =>
    `${quote(p.text)} 不是 tmpfs；请写 --tmpfs /cache 或 --tmpfs /cache:size=64m`,
  "mount-flag": (p) =>
    `${quote(p.text)} 不是挂载；请写 --mount type=bind,source=/srv/data,target=/data,readonly（可用的键：${p.known.join("、")}）`,
  "value-type": (p) => `应为${expectedType[p.type]}，实际是 ${quote(p.value)}`,
  "expression-type": (p) => `${p.name} 是 ${p.actual} 类型的参数；应为${expectedType[p.type]}`,
  "division-by-zero": () => "除数为零；请改用其他除数",

  // 配置的结构
  "unknown-field": (p) =>
    `此处没有字段 ${quote(p.name)}${suggest(p.suggestion)}（可用字段：${p.known.join("、")}）`,
  "invalid-value": (p) => `${zodMessage(p.issue)}（实际是 ${p.received}）`,
  "unknown-value": (p) =>
    `这里没有 ${p.value}${suggest(p.suggestion)}（共 ${String(p.known.length)} 个可选值，例如 ${p.known.slice(0, 3).join("、")}）`,
  "privileged-conflict": () =>
    "特权容器拥有全部 capability，也没有屏蔽或只读的路径；请去掉这一项，或去掉 `privileged: true`",
  "rlimit-order": (p) =>
    `软限制 ${String(p.soft)} 超过硬限制 ${String(p.hard)}；请提高 \`hard\` 或降低 \`soft\``,
  "namespace-missing": (p) =>
    `${p.because} 需要 ${p.namespace} namespace；请在 namespaces 中加上 "${p.namespace}"`,
  "namespace-conflict": (p) =>
    `${p.because} 与 ${p.namespace} namespace 不能并存；请从 namespaces 中去掉 "${p.namespace}"，或修改 ${p.because}`,
  "id-mapping-range": (p) =>
    `从 ${String(p.first)} 开始的 ${String(p.size)} 个 ID 超出了最大 ID ${String(p.largest)}；请减少个数`,
  "id-mapping-overlap": (p) =>
    `ID ${p.size === 1 ? String(p.first) : `${String(p.first)}–${String(p.first + p.size - 1)}`} 中有的已被前面的映射占用；每个 ID 只能映射一次`,
  "id-mapping-root": (p) => `${p.field} 必须映射 containerID 0：在内部构建容器的进程是其中的 root`,
  "id-mapping-user": (p) =>
    `容器的 user namespace 没有映射 ${String(p.id)}；请扩大 ${p.field}，或改用已映射的 ID 运行命令`,
  "duplicate-value": (p) => `${p.value} 重复出现`,
  "path-absolute": (p) => `应为不含“..”的绝对路径，实际是 ${quote(p.value)}`,
  "mount-option": (p) =>
    `${quote(p.option)} 不是 ${p.type} 挂载的选项；可用的选项：${p.known.join("、")}`,
  "mount-propagation": (p) =>
    `${quote(p.option)} 会让挂载在容器与宿主机之间传播，而容器的挂载一律为 private；请去掉这个选项`,
  "root-is-host": () => "容器的根目录不能是宿主机的根目录；请给出一个 rootfs 目录",
  "root-both": () => "`path`、`build` 和 `layers` 只能给出一个",
  "overlay-alone": () => "用于保留 `layers` 之上写入的内容，但没有 `layers`；请给出 `layers`",
  "subnet-invalid": (p) =>
    `应为 IPv4 网段：网络地址加 8 到 30 的前缀长度，例如 "10.200.1.0/24"，实际是 ${quote(p.value)}`,
  "address-invalid": (p) => `应为 IPv4 或 IPv6 地址，实际是 ${quote(p.value)}`,
  "ipv4-invalid": (p) =>
    `应为 IPv4 地址，例如 127.0.0.1，实际是 ${quote(p.value)}；发布端口仅支持 IPv4`,
  "publish-invalid": (p) =>
    `应为 [地址:]宿主机端口:容器端口[/tcp 或 /udp]，例如 "8080:80" 或 "127.0.0.1:8080:80"，实际是 ${quote(p.value)}；使用参数请写成 { hostPort, containerPort }`,
  "publish-range": (p) =>
    `应为长度相同、由小到大的两个范围，例如 "8000-8003:80-83"，实际是 ${quote(p.value)}`,
  "publish-many": (p) =>
    `发布的端口超过 ${String(p.most)} 个；每个端口对应两条防火墙规则，请减少数量`,
  "host-name": (p) =>
    `应为主机名：由字母、数字、“.”、“-”、“_”组成，以字母或数字开头和结尾，实际是 ${quote(p.value)}`,
  "interface-name": (p) =>
    `应为网络接口名：以字母开头，最多 15 个字母、数字、“_”、“.”或“-”，实际是 ${quote(p.value)}`,
  "environment-name": (p) =>
    `应为环境变量名（字母、数字和“_”，不以数字开头），实际是 ${quote(p.value)}`,
  "limit-range": (p) =>
    `应在 ${String(p.minimum)} 到 ${[p.maximum, p.unit].join(" ").trim()} 之间，实际是 ${p.value}`,
  "number-list": (p) => `应为编号和范围的列表，例如 "0-2,4"，实际是 ${quote(p.value)}`,
  "cpuset-empty": () => "请给出 `cpus`、`mems` 或两者",
  "device-both": () => "请用 `path` 指定设备，或用 `major` 和 `minor`，二者选一",
  "swap-below-limit": (p) =>
    `内存与 swap 的总上限（${String(p.swap)}）不能小于内存上限（${String(p.limit)}）；要禁用 swap，请去掉 \`swap\``,
  "cpu-both": () => "`cpus` 和 `quota` 只能给出一个",
  "network-field": (p) => `只在 network.mode 为 "bridge" 时有意义，当前模式是 "${p.mode}"`,
  "network-mode": (p) =>
    `应为 "bridge"、"none"、"host" 或 "container:NAME"，实际是 ${quote(p.value)}${suggest(p.suggestion)}`,
  "network-joined": (p) =>
    `network.mode 为 "${p.mode}" 时，这一项由对方容器决定；请写在对方的配置中`,
  "network-own": (p) =>
    `容器不能加入自己的 network namespace，而 network.mode 是 "${p.mode}"；请写另一个容器的名称`,

  // 配置文件
  "step-unknown": ({ id, suggestion, others }) =>
    `执行计划中没有步骤 ${id}；${suggestion === undefined ? "" : `你想写的是 ${suggestion} 吗？`}可以省略的步骤：${others.join("、")}`,
  "step-required": ({ id, others }) =>
    `没有步骤 ${id} 就没有容器；可以省略的步骤：${others.join("、")}`,

  "stack-flags": () =>
    "命令行选项描述的是单个容器，而这个配置是由多个容器组成的 stack；请写在配置里",
  "file-missing": (p) => `${p.file}：文件不存在；请检查路径`,
  "file-unreadable": (p) => `${p.file}：无法读取：${p.reason}`,
  "file-kind": (p) =>
    `${p.file}：配置文件应以 .ts 或 .json 结尾；在命令行中也可以是用例，cooper lesson 列出全部用例；要运行的命令写在 -- 之后`,
  "json-syntax": (p) =>
    `不是有效的 JSON：${p.found === undefined ? "文件意外结束" : `此处不应出现 ${quote(p.found)}`}`,
  "json-duplicate": (p) => `字段 ${quote(p.name)} 在这个对象中出现了两次；请只保留一个`,
  "typescript-syntax": (p) => `不是有效的 TypeScript：${p.reason}`,
  "type-error": (p) => `类型错误 TS${String(p.number)}：${p.reason}`,
  "config-unsupported": (p) => `配置不会被执行，因此不支持${p.construct.zh}；${p.instead.zh}`,
  "config-undefined": (p) => `${p.name} 在此配置及其导入的文件中都没有定义${suggest(p.suggestion)}`,
  "config-early-use": (p) => `${p.name} 在定义之前就被使用；请把定义移到前面`,
  "config-throws": (p) => p.reason.zh,
  "config-call": (p) => p.reason.zh,
  "config-default-missing": () =>
    "配置没有默认导出；请以 `export default defineContainer({ … })` 结尾",
  "config-default-kind": () =>
    "默认导出既不是容器也不是 stack；请写 `export default defineContainer({ … })` 或 `export default defineStack({ … })`",
  "config-import": (p) =>
    `配置不能导入 ${quote(p.module)}；只能从 "cooper" 或以相对路径从其他 .ts 配置文件导入`,
  "config-import-missing": (p) => `找不到 ${quote(p.module)}（查找的文件：${p.file}）`,
  "config-import-cycle": (p) =>
    `${quote(p.module)} 与本文件互相导入；请把两者都需要的内容移到第三个文件`,
  "config-export-missing": (p) =>
    `${quote(p.module)} 没有导出可供配置使用的 ${p.name}${suggest(p.suggestion)}`,
  "config-limit": (p) => `配置过大，无法读取：${p.limit.zh}`,

  // 脚本
  "script-foreign": (p) =>
    `${p.name}：这不是 Cooper 生成的脚本：缺少文件头或文末的配置；请提供 \`cooper compile\` 生成的文件`,
  "script-spec": (p) => `${p.name}：脚本末尾的配置已损坏（${p.reason}）；请用配置文件重新编译`,
  "script-version": (p) =>
    `${p.name}：此脚本由 cooper ${p.found} 生成，当前是 cooper ${p.own}：只有相同版本才会生成相同的字节；请用 cooper ${p.found} 检查`,
};
