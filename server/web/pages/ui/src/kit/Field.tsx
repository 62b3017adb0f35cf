import { type ComponentProps, type ReactNode, useId } from 'react';
import { m } from '../paraglide/messages.js';
import { Icon } from './Icon';

export type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong with it: shown under it, and read with it. */
  error?: string;
  changed?: boolean;
};

export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <span className="err" id={id}>
      <Icon name="bad" />
      <span>{children}</span>
    </span>
  );
}

/** What an input needs of its field. */
function useField({ hint, error, changed }: Omit<FieldProps, 'label'>) {
  const id = useId();
  const described = [error && `${id}-e`, hint && `${id}-h`].filter(Boolean).join(' ');
  return {
    id,
    input: {
      id,
      className: `in${changed ? ' changed' : ''}${error ? ' bad' : ''}`,
      'aria-invalid': error ? true : undefined,
      'aria-describedby': described || undefined,
    },
    below: (
      <>
        {error && <FieldError id={`${id}-e`}>{error}</FieldError>}
        {hint && (
          <span className="hint" id={`${id}-h`}>
            {hint}
          </span>
        )}
      </>
    ),
  };
}

type TextProps = FieldProps &
  Omit<ComponentProps<'input'>, 'onChange' | 'value'> & { value: string; onChange(v: string): void };

export function TextField({ label, hint, error, changed, value, onChange, ...rest }: TextProps) {
  const f = useField({ hint, error, changed });
  return (
    <div className="field">
      <label htmlFor={f.id}>{label}</label>
      <input {...f.input} value={value} onChange={(e) => onChange(e.target.value)} {...rest} />
      {f.below}
    </div>
  );
}

export type Choice<T extends string> = { value: T; label: string; disabled?: boolean };

type SelectProps<T extends string> = FieldProps & {
  value: T | '';
  onChange(v: T | ''): void;
  choices: readonly Choice<T>[];
  /** The words for nothing chosen; without them something must be chosen. */
  none?: string;
  hideLabel?: boolean;
  disabled?: boolean;
};

/** A native select: it is right on phones, and everybody knows it. */
export function SelectField<T extends string>(p: SelectProps<T>) {
  const f = useField(p);
  return (
    <div className="field">
      <label htmlFor={f.id} className={p.hideLabel ? 'sr' : undefined}>
        {p.label}
      </label>
      <select {...f.input} disabled={p.disabled} value={p.value} onChange={(e) => p.onChange(e.target.value as T | '')}>
        {(p.none !== undefined || p.value === '') && <option value="">{p.none ?? m.choose()}</option>}
        {p.choices.map((c) => (
          <option key={c.value} value={c.value} disabled={c.disabled && c.value !== p.value}>
            {c.label}
          </option>
        ))}
      </select>
      {f.below}
    </div>
  );
}

type SwitchProps = {
  label: string;
  hint?: ReactNode;
  value: boolean;
  onChange(v: boolean): void;
  changed?: boolean;
  error?: string;
};

/** Something that is on or off, with what it was. */
export function Switch({ label, hint, value, onChange, changed, error }: SwitchProps) {
  const id = useId();
  return (
    <div className={changed ? 'set changed' : 'set'}>
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={value}
        aria-checked={value}
        aria-describedby={`${id}-d`}
        aria-invalid={error ? true : undefined}
        onChange={(e) => onChange(e.target.checked)}
      />
      <div>
        <label className="t" htmlFor={id}>
          {label}
        </label>
        <span className="state">{value ? m.on() : m.off()}</span>
        {changed && <span className="was">{value ? m.was_off() : m.was_on()}</span>}
      </div>
      <div className="d field" id={`${id}-d`}>
        {hint}
        {error && <FieldError>{error}</FieldError>}
      </div>
    </div>
  );
}

type RadioProps<T extends string> = {
  label: string;
  value: T;
  saved: T;
  onChange(v: T): void;
  choices: readonly { value: T; label: string; hint?: ReactNode; usual?: boolean }[];
  error?: string;
  /** Shows the label as the heading of the group; else it is for screen readers. */
  headed?: boolean;
  /** A question of the moment, not a setting: there is nothing that it was before. */
  plain?: boolean;
};

/** One of a few, each with what it means. */
export function Radios<T extends string>({
  label,
  value,
  saved,
  onChange,
  choices,
  error,
  headed,
  plain,
}: RadioProps<T>) {
  const name = useId();
  const before = choices.find((c) => c.value === saved);
  return (
    <fieldset className="choice">
      <legend className={headed ? 'lab' : 'sr'}>{label}</legend>
      {choices.map((c) => {
        const changed = !plain && c.value === value && value !== saved;
        return (
          <label key={c.value} className={changed ? 'changed' : undefined}>
            <input type="radio" name={name} checked={c.value === value} onChange={() => onChange(c.value)} />
            <span>
              <b>{c.label}</b> {c.usual && <span className="std">{m.usual()}</span>}
              {changed && before && <span className="was"> {m.was({ value: before.label })}</span>}
            </span>
            {c.hint && <span className="d">{c.hint}</span>}
          </label>
        );
      })}
      {error && (
        <span className="field">
          <FieldError>{error}</FieldError>
        </span>
      )}
    </fieldset>
  );
}
