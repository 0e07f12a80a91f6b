import { useEffect, useRef } from 'react';
import { bind } from './keyboard';
import type { KeyId } from './keys';

/** Listens to a declared key while the component is shown; null while it means nothing. */
export function useKey(id: KeyId, act: ((way: number) => void) | null): void {
  const latest = useRef(act);
  latest.current = act;
  const wanted = act !== null;
  useEffect(() => (wanted ? bind(id, (way) => latest.current?.(way)) : undefined), [id, wanted]);
}
