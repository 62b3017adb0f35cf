import { useRef, useState } from 'react';
import type { AnyVariables, TypedDocumentNode } from 'urql';
import { useAct } from '../../kit/act';
import { toast, toastError } from '../../kit/toast';
import { byField } from '../../lib/draft';

/** How long the same act counts as a try to do it again, in milliseconds. */
const soon = 120_000;

type Input<V> = V extends { input: infer I } ? I : never;

/**
 * An act on the order. Errors of a field stay for the form to show; others, such as that somebody changed the order
 * meanwhile, are said. One whose answer was lost is sent again as it was if the same is asked for soon, with its key and the
 * revision that it was for, although the page may have heard of what it did. So it is done once: where it has no key, the API says
 * that the order has changed.
 */
export function useOrderAct<D, V extends AnyVariables & { input: unknown }>(
  document: TypedDocumentNode<D, V>,
  fields: readonly string[] = [],
) {
  const act = useAct(document);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const lost = useRef<{ said: string; input: Input<V>; at: number }>(undefined);
  const run = async (input: Input<V>, done?: string): Promise<boolean> => {
    const said = JSON.stringify({ ...(input as object), expectedRevision: 0, clientMutationKey: '' });
    const before = lost.current;
    const sent = before?.said === said && Date.now() - before.at < soon ? before.input : input;
    const { ok, userErrors } = await act.run({ input: sent } as V);
    lost.current = !ok && userErrors.length === 0 ? { said, input: sent, at: Date.now() } : undefined;
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
