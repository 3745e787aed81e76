import type { Language, Translated } from "../../model/language.js";
import { version } from "../../model/version.js";
import { type Comparison, comparisons } from "./comparisons.js";
import { type PageContainer, pageContainer, type Subject } from "./container.js";
import { scriptWords } from "./words.js";

/** Everything a page shows, as data; its templates only print it. */
export interface Page {
  readonly version: string;
  /** The language it opens in, until its reader chooses one. */
  readonly language: Language;
  readonly containers: readonly PageContainer[];
  /** Whether there are two to compare. */
  readonly comparable: boolean;
  /** What it opens with: the id of a container, or `compare`. */
  readonly start: string;
  readonly data: PageData;
}

/** What the page's script is given beside the document itself. */
export interface PageData {
  readonly names: readonly string[];
  readonly comparisons: Readonly<Record<string, Comparison>>;
  readonly words: Readonly<Record<string, Translated>>;
}

export interface PageOptions {
  readonly language: Language;
  /** Opens with the comparison of the first two. */
  readonly compare?: boolean;
}

/** Reads containers for a page. Pure: the same containers give the same page. */
export function buildPage(subjects: readonly Subject[], options: PageOptions): Page {
  const containers = subjects.map(pageContainer);
  return {
    version,
    language: options.language,
    containers,
    comparable: containers.length > 1,
    start: options.compare === true ? "compare" : "c0",
    data: {
      names: containers.map(({ name }) => name),
      comparisons: comparisons(containers),
      words: scriptWords,
    },
  };
}
