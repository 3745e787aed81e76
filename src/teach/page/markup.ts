/** Text that is HTML already. Only what escapes its input makes it; templates escape everything else. */
export class Markup {
  constructor(readonly html: string) {}

  /** Handlebars prints the result of this without escaping it again. */
  toHTML(): string {
    return this.html;
  }
}
