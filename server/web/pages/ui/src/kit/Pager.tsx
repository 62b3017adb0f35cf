import { m } from '../paraglide/messages.js';
import { Button } from './Button';

type Info = { hasNextPage: boolean; hasPreviousPage: boolean; startCursor?: string | null; endCursor?: string | null };

/** Where a list is, kept in the address. */
export type Page = { after?: string; before?: string };

/** The count of a list; before and after it where there is more than one page. */
export function Pager({ info, text, go }: { info: Info; text: string; go(to: Page): void }) {
  return (
    <nav className="pager" aria-label={m.pages()}>
      <span className="muted">{text}</span>
      <span className="grow" />
      {(info.hasPreviousPage || info.hasNextPage) && (
        <>
          <Button disabled={!info.hasPreviousPage} onClick={() => go({ before: info.startCursor ?? undefined })}>
            {m.previous()}
          </Button>
          <Button disabled={!info.hasNextPage} onClick={() => go({ after: info.endCursor ?? undefined })}>
            {m.next()}
          </Button>
        </>
      )}
    </nav>
  );
}

/** The arguments of a list's query for a page of it. */
export function pageArgs({ after, before }: Page, size: number) {
  return before ? { before, last: size } : { after: after ?? null, first: size };
}
