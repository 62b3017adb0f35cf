import { useEffect, useId, useState } from 'react';
import { m } from '../paraglide/messages.js';

type Props = { label: string; value: string; choices: readonly string[]; onChange(value: string): void };

/** A filter by an exact name, with those of the list to choose from. */
export function Suggest({ label, value, choices, onChange }: Props) {
  const id = useId();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const names = [...new Set(choices)].filter(Boolean).sort((a, b) => a.localeCompare(b));
  const send = (t: string) => {
    if (t.trim() !== value) onChange(t.trim());
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="in"
        list={`${id}-l`}
        value={text}
        placeholder={m.any()}
        onChange={(e) => {
          setText(e.target.value);
          if (e.target.value === '' || names.includes(e.target.value)) send(e.target.value);
        }}
        onBlur={() => send(text)}
        onKeyDown={(e) => e.key === 'Enter' && send(text)}
      />
      <datalist id={`${id}-l`}>
        {names.map((n) => (
          <option key={n} value={n} />
        ))}
      </datalist>
    </div>
  );
}
