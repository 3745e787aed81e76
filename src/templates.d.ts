/** Every template under templates/ but those of the page, precompiled by scripts/templates-plugin.js; keys such as "steps/mount.sh". */
declare module "cooper:templates" {
  type Language = import("./model/language.js").Language;
  export const templates: Readonly<Record<string, (language: Language) => TemplateSpecification>>;
}

/** What is under templates/page/: its templates, precompiled, and the text of its style sheet and script. */
declare module "cooper:page" {
  export const templates: Readonly<Record<string, () => TemplateSpecification>>;
  export const files: Readonly<Record<string, string>>;
}
