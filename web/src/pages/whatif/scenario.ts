/** What is supposed, as the address of the page carries it. */
import type { Problem } from '@/api/failures';
import { words } from '@/lib/given';
import type { Side } from '@/meta/types';

export const SCORES = ['influence', 'churn'] as const;
export type ScoreName = (typeof SCORES)[number];

export interface LinkOf {
  relation: string;
  source: string;
  target: string;
}

export interface Weighed extends LinkOf {
  weight: number;
}

export interface WhatIfSearch {
  /** Records that leave. */
  remove?: string[];
  /** Links that end, that come, and that weigh otherwise. */
  end?: LinkOf[];
  add?: Weighed[];
  weigh?: Weighed[];
  score?: ScoreName;
  /** Whose scores are compared. */
  type?: string;
  /** Who can no longer be reached from here is told. */
  from?: string;
  hops?: number;
}

/** One thing that is supposed. */
export type Supposed =
  | { kind: 'remove'; id: string }
  | ({ kind: 'end' } & LinkOf)
  | ({ kind: 'add' } & Weighed)
  | ({ kind: 'weigh' } & Weighed);

export const KINDS = ['remove', 'end', 'weigh', 'add'] as const;
export type Kind = (typeof KINDS)[number];

const list = <T>(value: unknown, fits: (each: unknown) => each is T): T[] | undefined => {
  const kept = Array.isArray(value) ? value.filter(fits) : [];
  return kept.length ? kept : undefined;
};
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function isLink(value: unknown): value is LinkOf {
  const { relation, source, target } = (value ?? {}) as Partial<LinkOf>;
  return isText(relation) && isText(source) && isText(target);
}

const isWeighed = (value: unknown): value is Weighed => isLink(value) && typeof (value as Partial<Weighed>).weight === 'number';

/** What the page understands of its address; what it does not is named as absent, or the router would hand it on as it came. */
export function whatIfSearch(given: Record<string, unknown>): WhatIfSearch {
  const hops = Number.isInteger(given.hops) && Number(given.hops) >= 1 && Number(given.hops) <= 10 ? Number(given.hops) : undefined;
  const found: Record<keyof WhatIfSearch, unknown> = {
    remove: list(isText(given.remove) ? [given.remove] : given.remove, isText),
    end: list(given.end, isLink),
    add: list(given.add, isWeighed),
    weigh: list(given.weigh, isWeighed),
    score: SCORES.find((each) => each === given.score),
    type: words(given.type),
    from: words(given.from),
    hops,
  };
  return found as WhatIfSearch;
}

export const supposedIn = (search: WhatIfSearch): Supposed[] => [
  ...(search.remove ?? []).map((id): Supposed => ({ kind: 'remove', id })),
  ...(search.end ?? []).map((link): Supposed => ({ kind: 'end', ...link })),
  ...(search.weigh ?? []).map((link): Supposed => ({ kind: 'weigh', ...link })),
  ...(search.add ?? []).map((link): Supposed => ({ kind: 'add', ...link })),
];

/** How the API calls what is supposed of a kind. */
const ARGUMENTS: Record<Kind, string> = { remove: 'removeRecords', end: 'endLinks', weigh: 'weights', add: 'addLinks' };

/** A supposition that cannot be, and why. */
export interface Refused {
  one: Supposed;
  problem: Problem;
}

/** The suppositions that were refused: what they speak of is not there, leaves by another one, or may not be linked so. */
export const refusedOf = (search: WhatIfSearch, problems: readonly Problem[]): Refused[] =>
  supposedIn(search).flatMap((one) => {
    const spoken: unknown[] = Object.values(one);
    const problem = problems.find(({ path: [argument, ...named] }) => argument === ARGUMENTS[one.kind] && named.length > 0 && named.every((each) => spoken.includes(each)));
    return problem ? [{ one, problem }] : [];
  });

/** The sides along which the model lets a record be linked with one of a type. */
export const sidesTo = (sides: readonly Side[], type: string): Side[] =>
  sides.filter(({ types }) => types.includes(type));

/** The address with these suppositions instead; each once. */
export function withSupposed(search: WhatIfSearch, supposed: readonly Supposed[]): WhatIfSearch {
  const once = [...new Map(supposed.map((each) => [JSON.stringify(each), each])).values()];
  const { remove: _r, end: _e, add: _a, weigh: _w, ...rest } = search;
  const links = (wanted: Kind) => once.flatMap(({ kind, ...link }) => (kind === wanted ? [link] : []));
  return whatIfSearch({
    ...rest,
    remove: once.flatMap((each) => (each.kind === 'remove' ? [each.id] : [])),
    end: links('end'),
    add: links('add'),
    weigh: links('weigh'),
  });
}

/** What the API is asked to suppose; null while nothing is. */
export function inputOf(search: WhatIfSearch): Record<string, unknown> | null {
  if (!supposedIn(search).length) return null;
  const score = search.score ?? 'influence';
  return {
    removeRecords: search.remove ?? [],
    endLinks: search.end ?? [],
    addLinks: search.add ?? [],
    weights: search.weigh ?? [],
    engine: score,
    type: search.type ?? null,
    reachFrom: search.from ? [search.from] : null,
    hops: search.hops ?? 3,
  };
}
