/** What a drawing can be laid out, sized and coloured by. */
export const LAYOUTS = ['force', 'radial', 'layered', 'types', 'communities'] as const;
export type Layout = (typeof LAYOUTS)[number];

export const SIZINGS = ['degree', 'influence', 'churn', 'strength', 'same'] as const;
export type Sizing = (typeof SIZINGS)[number];

export const COLOURINGS = ['type', 'community', 'influence', 'churn', 'degree'] as const;

/** Those that need what runs of analytics have stored. */
export const SCORED: ReadonlySet<string> = new Set<Sizing | Colouring>(['influence', 'churn', 'strength', 'community']);

export type Colouring = (typeof COLOURINGS)[number];
