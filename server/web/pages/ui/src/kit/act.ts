import { useCallback, useRef, useState } from 'react';
import { type AnyVariables, type TypedDocumentNode, useClient } from 'urql';
import { SignedOut, session } from '../auth';
import type { UserError } from '../lib/draft';
import { m } from '../paraglide/messages.js';
import { explain } from './States';
import { toastError } from './toast';

type Outcome<D> = { data?: D; userErrors: UserError[]; ok: boolean };

/** The userErrors of the one payload in the data. */
function errorsOf(data: unknown): UserError[] {
  const payload = Object.values((data ?? {}) as Record<string, unknown>).find(
    (v) => v !== null && typeof v === 'object',
  );
  return (payload as { userErrors?: UserError[] } | undefined)?.userErrors ?? [];
}

/**
 * Runs a mutation. What the service refuses comes back as userErrors for the page to show beside its fields; what fails
 * otherwise is said in a toast; what was typed stays, and the same act can be sent again.
 */
export function useAct<D, V extends AnyVariables>(document: TypedDocumentNode<D, V>) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const run = useCallback(
    async (variables: V): Promise<Outcome<D>> => {
      if (running.current) return { userErrors: [], ok: false };
      running.current = true;
      setBusy(true);
      const result = await client.mutation(document, variables).toPromise();
      running.current = false;
      setBusy(false);
      if (result.error) {
        const { message, requestId } = explain(result.error);
        const { graphQLErrors, networkError, response } = result.error;
        // Without a token nothing was sent, and with one that is refused nothing was done: the question who it is says enough.
        const stranger = networkError instanceof SignedOut || response?.status === 401;
        const lost = graphQLErrors.length === 0 && !stranger;
        if (!stranger || session.get().state !== 'out')
          toastError(`${lost ? m.error_lost() : message}${requestId ? ` ${m.error_request({ id: requestId })}` : ''}`);
        return { userErrors: [], ok: false };
      }
      const userErrors = errorsOf(result.data);
      return { data: result.data, userErrors, ok: userErrors.length === 0 };
    },
    [client, document],
  );
  return { run, busy };
}
