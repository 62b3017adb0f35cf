// A page that shows these in a frame, or the browser's own settings, may block storage; merely asking for it throws then, or there is
// none. Code that knows nothing of that gets a storage that lasts as long as the page. It must run before any module that reads it.
try {
  void localStorage.length;
} catch {
  const kept = new Map<string, string>();
  Object.defineProperty(window, 'localStorage', {
    value: {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => kept.set(name, value),
    },
  });
}

export {};
