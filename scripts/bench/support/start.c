// The yardstick of a start: what `run()` of start-in-host.js does, done by plain C with the same system calls.
// start ROUNDS ROOTFS [records]: prints the time of each round, from start to exit, in microseconds. With
// `records` it also does what the launcher does on the host so that containers know of each other: the lock,
// the name, the small files, and taking them away again.
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/close_range.h>
#include <linux/openat2.h>
#include <linux/sched.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CONTAINERS "/run/yardstick/containers"
#define CONTAINER CONTAINERS "/box"
#define MADE "/run/yardstick/made"
#define CHECK(call) \
  if ((call) == -1) _exit(125)

static const char *rootfs;
static char text[8192];

static void mount_in_root(int root, const char *where, const char *type, unsigned long flags, const char *data) {
  struct open_how how = {.flags = O_PATH | O_DIRECTORY | O_CLOEXEC, .resolve = RESOLVE_IN_ROOT};
  int directory = syscall(SYS_openat2, root, where, &how, sizeof how);
  CHECK(directory);
  CHECK(fchdir(directory));
  CHECK(mount(type, ".", type, flags, data));
}

static void child(void) {
  unsigned long flags = MS_NOSUID | MS_NODEV;
  for (int fd = 0; fd < 3; fd++) CHECK(syscall(SYS_fcntl, fd, F_SETFD, 0));
  CHECK(syscall(SYS_close_range, 3, ~0U, CLOSE_RANGE_CLOEXEC));
  umask(022);
  CHECK(mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL));
  CHECK(sethostname("box", 3));
  CHECK(mount(rootfs, rootfs, NULL, MS_BIND | MS_REC, NULL));
  int root = open(rootfs, O_PATH | O_DIRECTORY | O_CLOEXEC);
  CHECK(root);
  mount_in_root(root, "/proc", "proc", flags | MS_NOEXEC, NULL);
  mount_in_root(root, "/sys", "sysfs", flags | MS_NOEXEC, NULL);
  mount_in_root(root, "/tmp", "tmpfs", flags, "mode=1777");
  CHECK(fchdir(root));
  CHECK(syscall(SYS_pivot_root, ".", "."));
  CHECK(umount2(".", MNT_DETACH));
  CHECK(chdir("/"));
  CHECK(syscall(SYS_setgroups, 0, NULL));
  CHECK(syscall(SYS_setresgid, 0, 0, 0));
  CHECK(syscall(SYS_setresuid, 0, 0, 0));
  CHECK(prctl(PR_SET_PDEATHSIG, SIGKILL));
  struct {
    uint64_t word[4];
  } action = {0};
  CHECK(syscall(SYS_rt_sigaction, SIGPIPE, &action, NULL, 8));
  CHECK(syscall(SYS_rt_sigaction, SIGXFSZ, &action, NULL, 8));
  uint64_t none = 0;
  CHECK(syscall(SYS_rt_sigprocmask, SIG_SETMASK, &none, NULL, 8));
  char *arguments[] = {"/bin/true", NULL}, *environment[] = {"PATH=/sbin:/bin", NULL};
  syscall(SYS_execve, "/bin/true", arguments, environment);
  _exit(127);
}

static void must(int result, const char *what) {
  if (result == -1) err(1, "%s", what);
}

static void write_line(const char *path, long number) {
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  must(fd, path);
  int length = snprintf(text, sizeof text, "%ld\n", number);
  must(write(fd, text, length), path);
  close(fd);
}

static int take_lock(void) {
  int fd = open("/run/yardstick/lock", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  must(fd, "lock");
  must(flock(fd, LOCK_EX | LOCK_NB), "lock");
  return fd;
}

static void claim(void) {
  struct stat status;
  char path[PATH_MAX], real[PATH_MAX];
  geteuid();
  must(stat(rootfs, &status), rootfs);
  if (realpath(rootfs, real) == NULL) err(1, "%s", rootfs);
  must(access(CONTAINERS, F_OK), CONTAINERS);
  must(access(MADE, F_OK), MADE);
  int lock = take_lock();
  must(mkdir(CONTAINER, 0755), CONTAINER);
  write_line(CONTAINER "/launcher", getpid());
  close(lock);
  const char *points[] = {"proc", "sys", "tmp"};
  for (int index = 0; index < 3; index++) {
    snprintf(path, sizeof path, "%s/%s", rootfs, points[index]);
    must(lstat(path, &status), path);
  }
}

static void give_back(void) {
  int lock = take_lock();
  must(unlink(CONTAINER "/launcher"), "launcher");
  must(unlink(CONTAINER "/pid"), "pid");
  must(rmdir(CONTAINER), CONTAINER);
  close(lock);
}

static long start(int *pidfd) {
  struct clone_args clone = {
      .flags = CLONE_VM | CLONE_VFORK | CLONE_PIDFD | CLONE_CLEAR_SIGHAND | CLONE_NEWNS | CLONE_NEWPID |
               CLONE_NEWUTS | CLONE_NEWIPC,
      .pidfd = (uintptr_t)pidfd,
      .exit_signal = SIGCHLD,
  };
  uint64_t all = ~0ULL, saved;
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, &saved, 8);
  // Not through syscall(3): the child, which shares the stack, would overwrite its return address.
  long pid;
#if defined(__x86_64__)
  __asm__ volatile("syscall"
                   : "=a"(pid)
                   : "a"(SYS_clone3), "D"(&clone), "S"(sizeof clone)
                   : "rcx", "r11", "memory");
#elif defined(__aarch64__)
  register long number __asm__("x8") = SYS_clone3;
  register long first __asm__("x0") = (long)&clone;
  register long second __asm__("x1") = sizeof clone;
  __asm__ volatile("svc #0" : "+r"(first) : "r"(number), "r"(second) : "memory");
  pid = first;
#endif
  if (pid == 0) child();
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &saved, NULL, 8);
  return pid;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

int main(int count, char **arguments) {
  if (count < 3) errx(2, "usage: start ROUNDS ROOTFS [records]");
  int rounds = atoi(arguments[1]), records = count > 3;
  rootfs = arguments[2];
  mkdir("/run/yardstick", 0755);
  mkdir(CONTAINERS, 0755);
  mkdir(MADE, 0755);
  for (int round = 0; round < rounds; round++) {
    double begin = now();
    int pidfd = -1;
    siginfo_t information;
    if (records) claim();
    prctl(PR_GET_DUMPABLE);
    long pid = start(&pidfd);
    prctl(PR_GET_DUMPABLE);
    if (pid < 0) errx(1, "clone3: error %ld", -pid);
    if (records) write_line(CONTAINER "/pid", pid);
    struct pollfd readable = {.fd = pidfd, .events = POLLIN};
    must(poll(&readable, 1, -1), "poll");
    must(waitid(P_PIDFD, pidfd, &information, WEXITED), "waitid");
    if (information.si_status != 0) errx(1, "the container ended with %d", information.si_status);
    close(pidfd);
    if (records) give_back();
    printf("%.1f\n", now() - begin);
  }
}
