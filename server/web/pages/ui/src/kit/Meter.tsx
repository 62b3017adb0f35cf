type Props = {
  label: string;
  value: number;
  /** 0 = it is not known how much there is. */
  max: number;
  text?: string;
  /** How far something has come; else how much there is of something. */
  progress?: boolean;
};

/** A bar that fills up. */
export function Meter({ label, value, max, text, progress }: Props) {
  const known = max > 0;
  const share = known ? Math.min(1, value / max) : 0;
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles have a label
    <div
      className={known ? 'bar' : 'bar unknown'}
      role={progress ? 'progressbar' : 'meter'}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={known ? max : undefined}
      aria-valuenow={known ? Math.min(value, max) : progress ? undefined : 0}
      aria-valuetext={text}
    >
      <div style={{ width: `${share * 100}%` }} />
    </div>
  );
}
