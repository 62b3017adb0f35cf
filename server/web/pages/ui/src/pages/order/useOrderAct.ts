import { useRef, useState } from 'react';
import type { AnyVariables, TypedDocumentNode } from 'urql';
import { useAct } from '../../kit/act';
import { toast, toastError } from '../../kit/toast';
import { byField } from '../../lib/draft';

type Input<V> = V extends { input: infer I } ? I : never;

/**
 * An act on the order. Errors of a field stay for the form to show; others, such as that somebody changed the order
 * meanwhile, are said. One that has a key and whose answer was lost is sent again as it was, with its key and the revision that
 * it was for, although the page may have heard of what it did: so it is done once.
 */
export function useOrderAct<D, V extends AnyVariables & { input: unknown }>(
  document: TypedDocumentNode<D, V>,
  fields: readonly string[] = [],
) {
  const act = useAct(document);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const lost = useRef<{ said: string; input: Input<V> }>(undefined);
  const run = async (input: Input<V>, done?: string): Promise<boolean> => {
    const said = JSON.stringify({ ...(input as object), expectedRevision: 0, clientMutationKey: '' });
    const sent = lost.current?.said === said ? lost.current.input : input;
    const { ok, userErrors } = await act.run({ input: sent } as V);
    const keyed = (input as { clientMutationKey?: string | null }).clientMutationKey;
    lost.current = keyed && !ok && userErrors.length === 0 ? { said, input: sent } : undefined;
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
