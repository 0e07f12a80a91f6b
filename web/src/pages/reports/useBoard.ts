import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import type { Language } from '@/lib/settings';
import { useSettings } from '@/lib/useSettings';
import { heading, useModel, type EntityType } from '@/meta/model';
import { useCounts } from '@/meta/useCounts';
import { boardNamed, type Draft } from './saved';
import { started, STARTERS, type Starter } from './starters';

export interface Opened {
  draft: Draft;
  /** Absent of what is not kept yet: a new one, or one made from the model. */
  id?: string;
  version?: number;
  mayChange: boolean;
  owner?: string;
}

const EMPTY: Draft = { name: '', description: '', shared: false, board: { tiles: [] } };
const isStarter = (id: string): id is Starter => (STARTERS as readonly string[]).includes(id);

/** The dashboard of an address: one that is kept, one made from the model, or an empty one; null where there is none. */
export function useBoard(id: string): { opened: Opened | null | undefined; error: unknown; again: () => void } {
  const { t } = useTranslation();
  const { language } = useSettings();
  const model = useModel();
  const counts = useCounts();
  const kept = id !== 'new' && !isStarter(id);
  const found = useQuery({ queryKey: keys.board(id), queryFn: ({ signal }) => boardNamed(id, signal), enabled: kept });
  const again = () => void found.refetch();
  if (id === 'new') return { opened: { draft: EMPTY, mayChange: true }, error: null, again };
  if (isStarter(id)) {
    if (!model.data || !counts.data) return { opened: undefined, error: model.error ?? counts.error, again };
    const made = started(id, model.data, counts.data);
    const name = made ? starterName(id, made.type, language, t) : '';
    return { opened: made && { draft: { ...EMPTY, name, board: made.board }, mayChange: false }, error: null, again };
  }
  const { data } = found;
  if (!data) return { opened: data, error: found.error, again };
  const { name, description, shared, board } = data;
  return {
    opened: { draft: { name, description, shared, board }, id, version: data.version, mayChange: data.mayChange, owner: data.owner },
    error: null,
    again,
  };
}

export const starterName = (starter: Starter, type: EntityType, language: Language, t: (key: string, values: Record<string, string>) => string): string =>
  t(`reports:starter.${starter}`, { types: heading(type.labels, language) });
