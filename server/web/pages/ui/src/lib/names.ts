/** What an order's customer is called: the name, else the company, else the e-mail address; empty when nothing is known. */
export function customerName(c: { firstName: string; lastName: string; company: string; email: string }): string {
  return [c.firstName, c.lastName].filter(Boolean).join(' ') || c.company || c.email;
}

/** A key of our own for a call that adds something, so that sending it again adds nothing again. */
export function callKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}
