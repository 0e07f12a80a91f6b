/** What colours mean: good, warn, bad, and nothing else. */
export type Tone = 'good' | 'warn' | 'bad';

export const fillOf = (tone: Tone): string => `var(--x-${tone}-fill)`;
