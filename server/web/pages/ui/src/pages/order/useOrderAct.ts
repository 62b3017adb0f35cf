import { useState } from 'react';
import type { AnyVariables, TypedDocumentNode } from 'urql';
import { useAct } from '../../kit/act';
import { toast, toastError } from '../../kit/toast';
import { byField } from '../../lib/draft';

type Input<V> = V extends { input: infer I } ? I : never;

/**
 * An act on the order. Errors of a field stay for the form to show; others, such as that somebody changed the order
 * meanwhile, are said.
 */
export function useOrderAct<D, V extends AnyVariables & { input: unknown }>(
  document: TypedDocumentNode<D, V>,
  fields: readonly string[] = [],
) {
  const act = useAct(document);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const run = async (input: Input<V>, done?: string): Promise<boolean> => {
    const { ok, userErrors } = await act.run({ input } as V);
    setErrors(byField(userErrors));
    const elsewhere = userErrors.filter((e) => !fields.some((f) => e.field.includes(f)));
    if (elsewhere[0]) toastError(elsewhere[0].message);
    if (ok && done) toast(done);
    return ok;
  };
  /** What is wrong with a field, wherever in the input it is. */
  const errorOf = (field: string) =>
    Object.entries(errors).find(([path]) => path === field || path.endsWith(`.${field}`))?.[1];
  return { run, busy: act.busy, errorOf };
}
