// React Aria's toast is still UNSTABLE_, so only this file knows it.
import type { ReactNode } from 'react';
import {
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { m } from '../paraglide/messages.js';
import { Button } from './Button';
import { Icon } from './Icon';

type Content = { text: ReactNode; tone?: 'bad'; act?: { label: string; run(): void } };

const queue = new ToastQueue<Content>({ maxVisibleToasts: 2 });

/** Says what was done, for ten seconds, with a way to take it back where there is one. What it returns ends it sooner. */
export function toast(text: ReactNode, act?: Content['act']): () => void {
  const key = queue.add({ text, act }, { timeout: 10_000 });
  return () => queue.close(key);
}

/** Says what failed; it stays until it is closed. */
export function toastError(text: ReactNode, act?: Content['act']) {
  queue.add({ text, tone: 'bad', act });
}

export function Toasts() {
  return (
    <ToastRegion queue={queue} className="toasts" aria-label={m.toasts()}>
      {({ toast: t }) => (
        <Toast toast={t} className={t.content.tone === 'bad' ? 'toast bad' : 'toast'}>
          <ToastContent className="words">
            {t.content.tone === 'bad' && <Icon name="bad" />}
            <Text slot="title">{t.content.text}</Text>
          </ToastContent>
          {t.content.act && (
            <Button
              onClick={() => {
                t.content.act?.run();
                queue.close(t.key);
              }}
            >
              {t.content.act.label}
            </Button>
          )}
          <button type="button" className="btn icon" onClick={() => queue.close(t.key)}>
            <Icon name="close" />
            <span className="sr">{m.close()}</span>
          </button>
        </Toast>
      )}
    </ToastRegion>
  );
}
