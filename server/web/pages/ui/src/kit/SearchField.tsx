import { useEffect, useId, useRef, useState } from 'react';
import { Icon } from './Icon';
import { typing } from './keys';

type Props = { label: string; value: string; onChange(text: string): void; hideLabel?: boolean; autoFocus?: boolean };

const pause = 300; // after the last key, before the list is asked

/** A search of a list. It waits until the person stops typing; "/" goes there. */
export function SearchField({ label, value, onChange, hideLabel, autoFocus }: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const send = useRef(onChange);
  send.current = onChange;
  // The address may change otherwise: by the browser's Back, or by a link that clears the filters.
  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value;
      setText(value);
    }
  }, [value]);
  useEffect(() => {
    if (text === sent.current) return;
    const t = setTimeout(() => {
      sent.current = text;
      send.current(text);
    }, pause);
    return () => clearTimeout(t);
  }, [text]);
  useEffect(() => {
    const keys = (e: KeyboardEvent) => {
      if (e.key !== '/' || e.ctrlKey || e.metaKey || e.altKey || typing(e)) return;
      e.preventDefault();
      input.current?.focus();
    };
    window.addEventListener('keydown', keys);
    return () => window.removeEventListener('keydown', keys);
  }, []);
  return (
    <div className="field grow">
      <label htmlFor={id} className={hideLabel ? 'sr' : undefined}>
        {label}
      </label>
      <div className="search">
        <Icon name="search" />
        <input
          id={id}
          ref={input}
          className="in"
          type="search"
          value={text}
          maxLength={200}
          // biome-ignore lint/a11y/noAutofocus: only where a dialog is for searching
          autoFocus={autoFocus}
          onChange={(e) => setText(e.target.value)}
        />
        <kbd>/</kbd>
      </div>
    </div>
  );
}
