/** What a shell runs to get the names of the running containers, one a line. */
export const listContainers = String.raw`cooper ps --json 2>/dev/null | sed -n 's/^    "name": "\(.*\)",*$/\1/p'`;
