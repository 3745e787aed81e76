/**
 * Characters that could change how a terminal shows the rest of a message: control characters, and the
 * marks that reverse the direction of text. Each is shown as one replacement character, so that the
 * caret still stands in the right column. Tabs stay.
 */
const disruptive =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A piece of a config, or what a container calls itself, as it may reach a terminal. */
export const printable = (text: string): string => text.replace(disruptive, "\ufffd");
