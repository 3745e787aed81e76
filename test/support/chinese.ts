/** At least one Chinese character. */
export const chinese = /\p{Script=Han}/u;

/** A word of English prose, which no command or option has beside it. */
export const englishProse =
  /(?<![\w"'`|/.=-])(a|and|are|by|for|or|such|that|the|to|with)(?![\w"'`|/.=-])/;
