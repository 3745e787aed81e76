// The yardstick of the launch: what test/kernel/drivers/bench.ts starts, started by plain C with the
// same system calls. Prints the median time from start to exit in microseconds.
#define _GNU_SOURCE
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define BOX "/run/box"
#define CHECK(call) if ((call) == -1) _exit(125)

static void child(void) {
  unsigned long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
  CHECK(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
  CHECK(mount(BOX, BOX, NULL, MS_BIND | MS_REC, NULL));
  CHECK(mount("proc", BOX "/proc", "proc", flags, NULL));
  CHECK(mount("sysfs", BOX "/sys", "sysfs", flags, NULL));
  CHECK(mount("tmpfs", BOX "/tmp", "tmpfs", flags, "size=1m"));
  CHECK(chdir(BOX));
  CHECK(syscall(SYS_pivot_root, ".", "."));
  CHECK(umount2(".", MNT_DETACH));
  CHECK(chdir("/"));
  CHECK(sethostname("box", 3));
  for (int fd = 0; fd < 3; fd++) CHECK(syscall(SYS_fcntl, fd, 2, 0));
  CHECK(syscall(SYS_close_range, 3, ~0U, 4));
  struct { uint64_t word[4]; } action = {0};
  CHECK(syscall(SYS_rt_sigaction, SIGPIPE, &action, NULL, 8));
  CHECK(syscall(SYS_rt_sigaction, SIGXFSZ, &action, NULL, 8));
  uint64_t none = 0;
  CHECK(syscall(SYS_rt_sigprocmask, SIG_SETMASK, &none, NULL, 8));
  char *arguments[] = {"/bin/true", NULL}, *environment[] = {"PATH=/sbin:/bin", NULL};
  syscall(SYS_execve, "/bin/true", arguments, environment);
  _exit(127);
}

static int compare(const void *a, const void *b) {
  double difference = *(double *)a - *(double *)b;
  return (difference > 0) - (difference < 0);
}

int main(int count, char **arguments) {
  int rounds = count > 1 ? atoi(arguments[1]) : 300;
  double *times = malloc(sizeof(double) * rounds);
  for (int round = 0; round < rounds; round++) {
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    int pidfd;
    struct clone_args clone = {
      .flags = CLONE_VM | CLONE_VFORK | CLONE_PIDFD | CLONE_CLEAR_SIGHAND | CLONE_NEWNS |
               CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWIPC,
      .pidfd = (uintptr_t)&pidfd,
      .exit_signal = SIGCHLD,
    };
    uint64_t all = ~0ULL, saved;
    syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, &saved, 8);
    // Not through syscall(3): the child, which shares the stack, would overwrite its return address.
    long pid;
    __asm__ volatile("syscall" : "=a"(pid) : "a"(SYS_clone3), "D"(&clone), "S"(sizeof clone)
                     : "rcx", "r11", "memory");
    if (pid == 0) child();
    syscall(SYS_rt_sigprocmask, SIG_SETMASK, &saved, NULL, 8);
    siginfo_t information;
    if (pid < 0 || waitid(3 /* P_PIDFD */, pidfd, &information, WEXITED) != 0) return 1;
    if (information.si_status != 0) return 2;
    close(pidfd);
    clock_gettime(CLOCK_MONOTONIC, &end);
    times[round] = (end.tv_sec - start.tv_sec) * 1e6 + (end.tv_nsec - start.tv_nsec) / 1e3;
  }
  qsort(times, rounds, sizeof(double), compare);
  printf("%.1f\n", times[rounds / 2]);
}
