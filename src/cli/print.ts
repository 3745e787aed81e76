let guarded = false;

/**
 * Writes to standard output.
 *
 * Node opens standard output when it is first used, and makes a pipe non-blocking then, also for everybody
 * else who has it, such as the command of a container. So only commands that print open it.
 */
export function print(text: string): void {
  if (!guarded) {
    guarded = true;
    // A reader that has seen enough, such as head(1), is no error.
    process.stdout.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      process.exit(0);
    });
  }
  process.stdout.write(text);
}
