/**
 * A template as a function, made by scripts/templates-plugin.js.
 *
 * @param helpers what the template calls, by name
 * @param root the context of the template that this one is a partial of; without, it is none
 */
type Template = (helpers: object, context: object, root?: object) => string;

/** Every template under templates/ but those of the page; keys such as "steps/mount.sh". */
declare module "cooper:templates" {
  export const templates: Readonly<Record<string, Template>>;
}

/** What is under templates/page/: its templates, and the text of its style sheet and script. */
declare module "cooper:page" {
  export const templates: Readonly<Record<string, Template>>;
  export const files: Readonly<Record<string, string>>;
}
