/** What a person has changed of something that is saved: the changed fields alone, so that what others save shows through. */
export type Patch<T> = Partial<T>;

export const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** The patch after another change. A field that is as saved again is no change. */
export function change<T extends object>(saved: T, patch: Patch<T>, more: Partial<T>): Patch<T> {
  const next = { ...patch, ...more };
  for (const key of Object.keys(next) as (keyof T)[]) {
    if (same(next[key], saved[key])) delete next[key];
  }
  return next;
}

/** The fields that are changed. */
export const changedFields = <T extends object>(saved: T, patch: Patch<T>): (keyof T)[] =>
  (Object.keys(patch) as (keyof T)[]).filter((key) => !same(patch[key], saved[key]));

export type UserError = { code: string; message: string; field: string[] };

/** The errors by the first part of their path; those of no field are under ''. */
export function byField(errors: readonly UserError[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const e of errors) {
    const key = e.field.join('.');
    found[key] = found[key] ? `${found[key]} ${e.message}` : e.message;
    const top = e.field[0];
    if (top !== undefined && top !== key) found[top] = found[top] ? `${found[top]} ${e.message}` : e.message;
  }
  return found;
}
