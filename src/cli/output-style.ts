/**
 * How standard output shows text: its width, and colours on a terminal, or wherever FORCE_COLOR is set, without
 * NO_COLOR; see force-color.org and no-color.org.
 */
export function outputStyle(): { readonly columns: number; readonly color: boolean } {
  const terminal = process.stdout.isTTY;
  const { FORCE_COLOR: forced, NO_COLOR: none } = process.env;
  return {
    columns: terminal ? process.stdout.columns : 100,
    color: !none && (terminal || (forced !== undefined && !/^(0|false|)$/.test(forced))),
  };
}
