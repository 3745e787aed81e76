import type { Lesson } from "./lesson.js";

export const overlay: Lesson = {
  name: "10-overlay",
  title: { en: "Layers", zh: "分层的文件系统" },
  concept: {
    en: "An image is a pile of layers, and a thousand containers of one image do not need a thousand copies of it. An overlay shows the layers as one file system: of a file that several have, the uppermost is seen, and a whiteout hides those below. All changes go to one writable layer on top, which every container has for itself.",
    zh: "镜像由许多层叠成，同一镜像的一千个容器不需要一千份副本。overlay 把各层显示为一个文件系统：多层都有的文件，看到的是最上面的那个；whiteout 遮住下层的文件。所有修改都写入最上面的可写层，每个容器各有一个。",
  },
  question: {
    en: "The layers are never written to. How, then, can the container delete a file that is in one of them?",
    zh: "各层从不会被写入。那么容器是怎样删除其中某一层的文件的？",
  },
  answer: {
    en: "It does not: the writable layer gets a device with the numbers 0 and 0 of that name, a whiteout, and the file below is hidden. A file that is changed is copied up first, as a whole. The next container has a new writable layer and sees both as they were; with root.overlay it is given the same one again, and sees them changed.",
    zh: "它并没有删除：可写层里会多出一个同名的、编号为 0、0 的设备文件，即 whiteout，把下层的文件遮住。被修改的文件则先整个复制到可写层（写时复制）。下一个容器的可写层是新的，看到的两个文件都是原样；写了 root.overlay 时用的还是原来的可写层，看到的就是修改后的样子。",
  },
  experiment: {
    prepare: [
      "mkdir -p /tmp/app-layer/etc /tmp/app-layer/srv",
      "echo app:x:0:0:app:/:/bin/sh >/tmp/app-layer/etc/passwd",
      "echo hello >/tmp/app-layer/srv/page",
      "mknod /tmp/app-layer/etc/group c 0 0",
    ],
    command: [
      "sh",
      "-c",
      "cat /etc/passwd /srv/page; rm /srv/page; echo changed >/etc/passwd; cat /etc/passwd /srv/page /etc/group",
    ],
    shows: {
      en: "The upper layer's /etc/passwd and its page; then one changed and the other gone, but only in here: both are still in /tmp/app-layer. /etc/group of the lowest layer has a whiteout above it and was never seen.",
      zh: "看到的是上层的 /etc/passwd 和网页文件；随后一个被修改，一个消失，但只限于容器内：/tmp/app-layer 中两者都还在。最底层的 /etc/group 被上面的 whiteout 遮住，从来没有出现过。",
    },
  },
  without: {
    step: "overlay",
    command: ["cat", "/etc/passwd"],
    shows: {
      en: "Nobody puts the layers together. What is there instead is a directory with a few mount points, and pivot_root refuses what is no mount of its own.",
      zh: "没有谁把各层合并起来。原本的位置上只有一个放着几个挂载点的目录，它本身不是挂载点，pivot_root 拒绝切换过去。",
    },
  },
};
