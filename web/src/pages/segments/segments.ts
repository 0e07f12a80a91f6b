/** Groups of a type's records: those that were found, and those that rules make. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { accepted, asFailure, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useSettings } from '@/lib/useSettings';
import type { EntityType } from '@/meta/model';
import type { CardOf } from '@/meta/useCard';
import { useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';

export interface Trait {
  code: string;
  text: string;
  facts: { field?: string; choice?: string | null; inside?: number; everyone?: number; difference?: number | null };
}

export interface FoundSegment {
  name: string;
  /** The name in the reader's language. */
  label: string;
  size: number;
  share: number;
  traits: Trait[];
  typical: CardOf | null;
}

interface ToldFound {
  segments: { snapshotAt: string; records: number; segments: FoundSegment[] };
}

const FOUND = `query Segments($type: String!, $language: String!) {
  segments(type: $type, language: $language) {
    snapshotAt records segments { name label size share traits { code text facts } typical { id type title } }
  }
}`;

export function useFound(type: EntityType | undefined) {
  const { language } = useSettings();
  return useQuery({
    queryKey: [...keys.scores, 'segments', type?.name, language],
    queryFn: async ({ signal }) => (await gql<ToldFound>(FOUND, { type: type?.name, language }, signal)).segments,
    enabled: Boolean(type),
  });
}

export interface Rule {
  id: string;
  name: string;
  where: string;
  description: string;
  shared: boolean;
  mine: boolean;
  owner: string;
  /** How many meet it; null where it asks for values or does not fit the model any more. */
  size: number | null;
}

type ToldRules = { savedQueries: (Omit<Rule, 'size'> & { parameters: unknown[]; problems: unknown[] })[] };

const RULES = 'query Rules($type: String!) { savedQueries(type: $type) { id name where description shared mine owner parameters { name } problems { message } } }';

/** An operation has 100 aliases at most, one of which is for all records. */
const MOST_SIZED = 99;

/** The saved queries of the type, with how many meet each and how many there are in all. */
export function useRules(type: EntityType | undefined) {
  return useQuery({
    queryKey: [...keys.views(type?.name ?? ''), 'sizes'],
    queryFn: async ({ signal }) => {
      const { savedQueries } = await gql<ToldRules>(RULES, { type: type?.name }, signal);
      const counted = savedQueries.filter((each) => !each.parameters.length && !each.problems.length).slice(0, MOST_SIZED);
      const asked = counted.map((_, place) => `r${place}: ${type?.many ?? ''}(first: 0, whereText: $w${place}) { totalCount }`);
      const given = counted.map((_, place) => `$w${place}: FilterText`);
      const query = `query Sizes${given.length ? `(${given.join(', ')})` : ''} { all: ${type?.many ?? ''}(first: 0) { totalCount } ${asked.join(' ')} }`;
      const values = Object.fromEntries(counted.map(({ where }, place) => [`w${place}`, where]));
      const sizes = await gql<Record<string, { totalCount: number }>>(query, values, signal);
      const sizeOf = new Map(counted.map(({ id }, place) => [id, sizes[`r${place}`]?.totalCount ?? null]));
      const rules = savedQueries.map(({ parameters: _p, problems: _q, ...rule }): Rule => ({ ...rule, size: sizeOf.get(rule.id) ?? null }));
      return { rules, total: sizes.all?.totalCount ?? 0 };
    },
    enabled: Boolean(type),
  });
}

/** The condition that picks out who was put into a segment by the last run. */
export const conditionOf = (segment: string): string => `insights.segments.segment = '${segment.replaceAll("'", "''")}'`;

const DROP = 'mutation Drop($input: DeleteSavedQueryInput!) { deleteSavedQuery(input: $input) { errors { code message path details } } }';
const SAVE = 'mutation Save($input: SaveQueryInput!) { saveQuery(input: $input) { savedQuery { id } errors { code message path details } } }';

/** Keeps a found segment as a saved query of the reader's own, with the way back. */
export function useSave(type: EntityType, said: string) {
  const client = useQueryClient();
  const { t } = useTranslation();
  const words = useWords();
  const again = (): void => void client.invalidateQueries({ queryKey: keys.views(type.name) });
  const refused = (error: unknown): void => tell(words(asFailure(error)));
  async function drop(id: string): Promise<void> {
    accepted((await gql<{ deleteSavedQuery: { errors: Problem[] } }>(DROP, { input: { id } })).deleteSavedQuery);
  }
  return useMutation({
    mutationFn: async ({ name, where, description }: { name: string; where: string; description: string }) => {
      const input = { name, type: type.name, where, description };
      const { saveQuery } = await gql<{ saveQuery: { savedQuery: { id: string } | null; errors: Problem[] } }>(SAVE, { input });
      return accepted(saveQuery).savedQuery?.id;
    },
    onSuccess: (id) => {
      tell(said, id === undefined ? undefined : { label: t('app:undo'), run: () => void drop(id).then(again, refused) });
      again();
    },
    onError: refused,
  });
}

export interface Bar {
  key: string;
  text: string;
  /** From -1 to 1: how far from everybody, beside the farthest of all segments. */
  share: number;
}

/** What sets a segment apart as bars on a scale that all segments share. */
export function profileOf(segment: FoundSegment, all: readonly FoundSegment[]): Bar[] {
  const far = (trait: Trait): number => Math.abs(trait.facts.difference ?? 0);
  const most = Math.max(...all.flatMap(({ traits }) => traits.map(far)), 1e-9);
  return segment.traits.map((trait, place) => ({ key: `${place} ${trait.code}`, text: trait.text, share: (trait.facts.difference ?? 0) / most }));
}
