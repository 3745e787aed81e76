/** The rows of a measurement as text for a terminal. */
export function formatTable(rows) {
  const cells = [
    ["", "", "", "ratio", "wanted"],
    ...rows.map(({ what, unit, ours, value, peer, peerValue, ratio, wanted }) => [
      what,
      `${ours} ${figure(value, unit)}`,
      `${peer} ${figure(peerValue, unit)}`,
      precise(ratio),
      wanted === undefined ? "" : `≤ ${precise(wanted)}`,
    ]),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  return cells
    .map((line) => `  ${line.map((cell, column) => cell.padEnd(widths[column])).join("  ")}`)
    .map((line) => `${line.trimEnd()}\n`)
    .join("");
}

/** Small ratios are wanted too: a fifteenth has to be told from a twentieth. */
const precise = (ratio) => ratio.toFixed(ratio < 0.1 ? 3 : 2);

const figure = (value, unit) =>
  unit === "" ? String(value) : `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`;
