import type { ReactNode } from 'react';

export type Tone = 'good' | 'warn' | 'bad' | 'line' | 'plain';

/** A short fact; colour says good, warn or bad, and a dot in the type's own colour says what it belongs to. */
export function Pill({ children, tone = 'plain', dot }: { children: ReactNode; tone?: Tone; dot?: string | undefined }) {
  return (
    <span className={tone === 'plain' ? 'pill' : `pill pill-${tone}`}>
      {dot && <i className="dot" style={{ background: dot }} />}
      <span>{children}</span>
    </span>
  );
}
