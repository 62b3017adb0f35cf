// The policy of the pages lets no text become HTML. React Aria's announcer empties an element by innerHTML = '', so the empty
// text passes, and nothing else does. It must run before any other module.
type Policies = { createPolicy(name: string, rules: { createHTML(text: string): string }): unknown };

(window as unknown as { trustedTypes?: Policies }).trustedTypes?.createPolicy('default', {
  createHTML(text) {
    if (text !== '') throw new TypeError('no text may become HTML here');
    return text;
  },
});
