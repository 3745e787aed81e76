/** How standard output shows text: its width, and colours on a terminal without NO_COLOR; see no-color.org. */
export function outputStyle(): { readonly columns: number; readonly color: boolean } {
  const terminal = process.stdout.isTTY;
  return {
    columns: terminal ? process.stdout.columns : 100,
    color: terminal && !process.env["NO_COLOR"],
  };
}
