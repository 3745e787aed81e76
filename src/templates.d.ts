/** Every template under templates/, precompiled by scripts/templates-plugin.js; keys such as "steps/mount.sh". */
declare module "cooper:templates" {
  export const templates: Readonly<Record<string, TemplateSpecification>>;
}
