/** At least one Chinese character. */
export const chinese = /\p{Script=Han}/u;
