const shapes = {
  check: <path d="m3 8.5 3.2 3.2L13 4.8" />,
  right: <path d="M3 8h10M9.2 4.2 13 8l-3.8 3.8" />,
  bad: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="M8 4.8v4M8 11v.1" />
    </>
  ),
  warn: <path d="M8 2 14.5 13.5h-13zM8 6.4v3.3M8 11.6v.1" />,
  menu: <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />,
  bell: <path d="M4 11V7a4 4 0 0 1 8 0v4l1 1.2H3zM6.8 14h2.4" />,
  store: (
    <path d="M2.5 6.5 3.6 3h8.8l1.1 3.5a1.8 1.8 0 0 1-3.6 0 1.9 1.9 0 0 1-3.8 0 1.8 1.8 0 0 1-3.6 0zM3.5 8.5V13h9V8.5" />
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="M8 4.5V8l2.4 1.6" />
    </>
  ),
  back: <path d="M9.5 4.5 6 8l3.5 3.5" />,
  next: <path d="M6.5 4.5 10 8l-3.5 3.5" />,
  down: <path d="m4.5 6.5 3.5 3.5 3.5-3.5" />,
  up: <path d="m4.5 9.5 3.5-3.5 3.5 3.5" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.2" />
      <path d="m10.2 10.2 3.3 3.3" />
    </>
  ),
  differs: <path d="M3.5 6.2h9M3.5 9.8h9M10 3 6 13" />,
  info: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="M8 7.2v4M8 5v.1" />
    </>
  ),
  pause: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="M6.5 5.8v4.4M9.5 5.8v4.4" />
    </>
  ),
  truck: (
    <>
      <path d="M1.5 4h8v7h-8zM9.5 6.5h2.7l2.3 2.3V11h-5z" />
      <circle cx="4.5" cy="12" r="1.2" />
      <circle cx="11.5" cy="12" r="1.2" />
    </>
  ),
  minus: <path d="M3.5 8h9" />,
  unlinked: <path d="M6.6 9.4 4.9 11a2.6 2.6 0 0 1-3-3M9.4 6.6 11 5a2.6 2.6 0 0 1 3 3M6 2.5v2M10 11.5v2" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  open: <path d="M9 3h4v4M13 3 7.5 8.5M11.5 9v4H3V4.5h4" />,
  lock: (
    <>
      <rect x="3.5" y="7" width="9" height="6.5" rx="1.2" />
      <path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2" />
    </>
  ),
  card: (
    <>
      <rect x="2" y="3.5" width="12" height="9" rx="1.5" />
      <path d="M2 6.6h12" />
    </>
  ),
  undo: <path d="M5.5 3 2.5 6l3 3M2.5 6h6.5a4 4 0 0 1 0 8H6.5" />,
  copydown: <path d="M8 2.5v8M4.8 7.6 8 10.8l3.2-3.2M3 13.5h10" />,
  refresh: <path d="M13 4.5v3h-3M3 11.5v-3h3M12.6 7A5 5 0 0 0 4 5.2L3 6.4M3.4 9A5 5 0 0 0 12 10.8l1-1.2" />,
  export: <path d="M2.5 8h8M7.5 4.5 11 8l-3.5 3.5M13.5 3v10" />,
  plus: <path d="M8 3.5v9M3.5 8h9" />,
} as const;

export type IconName = keyof typeof shapes;

/** A sign beside words; it says nothing that the words do not. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="i" viewBox="0 0 16 16" aria-hidden="true">
      {shapes[name]}
    </svg>
  );
}

export function Logo() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#0f5c4d" />
      <path
        d="M9 19.5a6.5 6.5 0 0 1 11-4.7M23 12.5a6.5 6.5 0 0 1-11 4.7"
        fill="none"
        stroke="#fff"
        strokeWidth="2.4"
        strokeLinecap="round"
      />
    </svg>
  );
}
