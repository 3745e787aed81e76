/** Whether there is nothing in a text but printable ASCII. */
export const isPrintableAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/**
 * Whether a text has only characters that surely show what they are: ASCII, Latin letters, dashes, lines, Chinese and
 * its punctuation. Most texts do; V8 takes a millisecond to make an expression of the classes that tell for all others.
 */
export const isPlainText = (text: string): boolean =>
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u00ff\u2010-\u2015\u2026\u2500-\u257f\u3001\u3002\u300a\u300b\u4e00-\u9fa5\uff01-\uff5e]*$/.test(
    text,
  );
