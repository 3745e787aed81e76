// Writes to /now when its first instructions ran: nanoseconds of the clock that Node's process.hrtime() reads, too.
#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

int main(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  int fd = open("/now", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (fd == -1) return 1;
  dprintf(fd, "%ld", time.tv_sec * 1000000000 + time.tv_nsec);
  return 0;
}
