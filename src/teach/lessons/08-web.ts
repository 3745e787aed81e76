import type { Lesson } from "./lesson.js";

/** Serves in the background, and asks for the page where the rest of the world would. */
const ask = [
  "sh",
  "-c",
  "busybox httpd -p 80 -h /www; wget -q -O - http://10.200.1.1:8080/",
] as const;

export const web: Lesson = {
  name: "08-web",
  title: { en: "A web server", zh: "Web 服务器" },
  concept: {
    en: "A container's address exists on its bridge alone. A port is published by rewriting: whoever asks the host at its port is led to the container's (DNAT), and the answer comes back the same way. The page the server shows is laid over the root file system, which stays as it was.",
    zh: "容器的地址只在它的网桥上有效。发布端口靠改写地址：访问宿主机端口的请求被转到容器的端口（DNAT），应答原路返回。服务器的网页盖在 rootfs 之上，rootfs 本身不变。",
  },
  question: {
    en: "A rule of PREROUTING does the rewriting for everybody else. Why does the host need one of its own, in OUTPUT, and a third kind, MASQUERADE, for what asks at 127.0.0.1?",
    zh: "PREROUTING 中的规则已经为其他主机改写了地址。为什么宿主机自己还需要一条 OUTPUT 规则，访问 127.0.0.1 时还需要 MASQUERADE？",
  },
  answer: {
    en: "What the host sends itself never passes PREROUTING. And a request that comes from 127.0.0.1 would be answered to 127.0.0.1, which for the container is itself.",
    zh: "宿主机自己发出的包不经过 PREROUTING；而来自 127.0.0.1 的请求，应答会发往 127.0.0.1，对容器来说那是它自己。",
  },
  experiment: {
    command: ask,
    shows: {
      en: "The page, asked for at the host's port: the request leaves the container and is led back into it.",
      zh: "通过宿主机端口取得的网页：请求离开容器，又被转回容器。",
    },
  },
  without: {
    step: "publish",
    command: ask,
    shows: {
      en: "Nobody listens at the host's port: the server is there, and cannot be reached.",
      zh: "宿主机的端口无人监听：服务器在运行，却无法访问。",
    },
  },
};
