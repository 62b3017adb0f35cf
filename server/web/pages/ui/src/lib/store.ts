import { useSyncExternalStore } from 'react';

/** A value outside of React that components can follow. */
export class Store<T> {
  #value: T;
  #followers = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get = () => this.#value;

  set = (value: T) => {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const f of this.#followers) f();
  };

  follow = (f: () => void) => {
    this.#followers.add(f);
    return () => {
      this.#followers.delete(f);
    };
  };
}

export const useStore = <T>(store: Store<T>): T => useSyncExternalStore(store.follow, store.get);
