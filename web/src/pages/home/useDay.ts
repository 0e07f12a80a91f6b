import { useQuery } from '@tanstack/react-query';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { todayIn } from '@/lib/calendar';
import { zoneOf } from '@/lib/settings';
import { useSettings } from '@/lib/useSettings';
import type { Model } from '@/meta/model';
import type { Profile } from '@/meta/profiles';
import { dayQuery, outlookQuery, type Counts } from './day';
import type { Person } from './own';

export interface Due {
  id: string;
  displayName: string;
  due: string;
}

export interface Changed {
  id: string;
  displayName: string;
  updatedAt: string;
  createdAt: string;
}

export interface SavedView {
  id: string;
  name: string;
  type: string;
  where: string;
  parameters: unknown[];
  problems: unknown[];
}

export interface DueList {
  totalCount: number;
  nodes: Due[];
}

export interface Day {
  /** Under `w0`, `c0` and `l_Company`, as the operation names them. */
  [part: string]: DueList | { nodes: Changed[] } | SavedView[] | undefined;
}

export interface Alert {
  id: string;
  displayName: string;
  insights: {
    churn?: { risk: number; trend: number | null; reasons: { text: string }[] };
    rotation?: { silentDays: number; reasons: { text: string }[] };
  };
}

export interface Months {
  grouped: { rows: { keys: { value: string }[]; count: number; aggregate?: Record<string, { sum: { amount: string; currency: string } | null }> }[] };
}

export interface Outlook {
  [part: string]: { totalCount: number; nodes: Alert[] } | Months | undefined;
}

interface Known {
  model: Model | undefined;
  profiles: readonly Profile[] | undefined;
  /** Whose day it is; everybody's, when null. */
  person: Person | null;
}

export function useToday(): string {
  return todayIn('gregory', zoneOf(useSettings())).toString();
}

/** What is due and what changed, in one operation. */
export function useDay({ model, profiles, person }: Known, counts: Counts | undefined) {
  const today = useToday();
  return useQuery({
    queryKey: [...keys.day, 'due', today, model?.version, person?.id, Boolean(counts)],
    queryFn: ({ signal }) => gql<Day>(dayQuery(model as Model, profiles ?? [], counts ?? {}, today, person), {}, signal),
    enabled: Boolean(model && profiles && counts),
  });
}

/** Who is at risk, who has gone quiet, and how business went, in another: it may take longer. */
export function useOutlook({ model, profiles, person }: Known, counts: Counts | undefined) {
  const { language } = useSettings();
  const today = useToday();
  const since = `${Number(today.slice(0, 4)) - 1}-${today.slice(5, 7)}-01`;
  return useQuery({
    queryKey: [...keys.outlook, today, model?.version, language, person?.id, Boolean(counts)],
    queryFn: ({ signal }) => gql<Outlook>(outlookQuery(model as Model, profiles ?? [], counts ?? {}, since, person), { language }, signal),
    enabled: Boolean(model && profiles && counts),
  });
}
