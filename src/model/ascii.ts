/** Whether there is nothing in a text but printable ASCII: then nobody needs to look for what is special elsewhere. */
export const isPrintableAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);
