/** Text that is HTML already. Only what escapes its input makes it; templates escape everything else. */
export class Markup {
  constructor(readonly html: string) {}
}

/** What a template prints, as text of HTML or of an attribute in quotes; markup stays as it is. */
export const escape = (printed: unknown): string =>
  printed instanceof Markup
    ? printed.html
    : String(printed).replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
