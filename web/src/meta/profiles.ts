/** What analytics knows of types, as it stands: what happens to their records, and what waits for somebody. */
import { useQuery } from '@tanstack/react-query';
import { PROFILES } from '@/api/first';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { namingField, sideBack, typeNamed, type EntityType, type Model, type Side } from './model';

export type Role = 'CONTACT' | 'BUSINESS' | 'TROUBLE';

export interface Signal {
  name: string;
  path: string[];
  type: string;
  role: Role;
  time: string;
  value: string | null;
  sign: number;
  where: { field: string; values: unknown[] }[];
}

export interface Happening {
  path: string[];
  type: string;
  time: string;
}

export interface Waiting {
  path: string[];
  type: string;
  field: string;
  values: string[];
  due: string | null;
}

export interface Profile {
  type: string;
  declared: boolean;
  signals: Signal[];
  /** Which records have left: the day in this field has come, or it has one of the values. */
  leaving: { field: string; values: unknown[] } | null;
  view: { timeline: Happening[]; unfinished: Waiting[] };
}

export const useProfiles = () =>
  useQuery({
    queryKey: keys.profiles,
    queryFn: async ({ signal }) => (await gql<{ model: { profiles: Profile[] } }>(PROFILES, {}, signal)).model.profiles,
    staleTime: Infinity,
  });

export const profileOf = (profiles: readonly Profile[] | undefined, type: string): Profile | undefined =>
  profiles?.find((profile) => profile.type === type);

/** A sort of record that can be written down beside another one, linked with it at once. */
export interface Loggable {
  type: EntityType;
  /** The relation field of the new record that leads back. */
  back: Side;
  role: 'contact' | 'task';
  /** The fields that say when it happened, or until when it is to be done. */
  time: string | null;
}

/** What one may log on a record of the type: what counts as contact, then what waits; each type once. */
export function loggable(profile: Profile | undefined, type: EntityType, model: Model): Loggable[] {
  if (!profile) return [];
  const contacts = profile.signals
    .filter((signal) => signal.role === 'CONTACT' && !profile.view.unfinished.some((each) => each.type === signal.type))
    .map(({ path, type: name, time }) => ({ path, name, time, role: 'contact' as const }));
  const tasks = profile.view.unfinished.map(({ path, type: name, due }) => ({ path, name, time: due, role: 'task' as const }));
  const found = new Map<string, Loggable>();
  for (const { path, name, time, role } of [...contacts, ...tasks.sort((a, b) => Number(!a.time) - Number(!b.time))]) {
    const far = typeNamed(model, name);
    const side = path.length === 1 ? type.relations.find((each) => each.name === path[0]) : undefined;
    const back = far && side && sideBack(far, side, type.name);
    if (back && namingField(far) && !found.has(name)) found.set(name, { type: far, back, role, time });
  }
  return [...found.values()];
}

/** How a record that waits can be finished: the values that mean it no longer does, in the order of the model. */
export function endings(type: EntityType, waiting: Waiting): string[] {
  const choices = type.fields.find((field) => field.name === waiting.field)?.options.choices ?? [];
  return choices.map(({ value }) => value).filter((value) => !waiting.values.includes(value));
}

/** Every sort of record that waits, whichever profile names it; once each. */
export function everyWaiting(profiles: readonly Profile[]): Waiting[] {
  const found = new Map<string, Waiting>();
  for (const waiting of profiles.flatMap((profile) => profile.view.unfinished)) {
    const had = found.get(waiting.type);
    if (!had || (!had.due && waiting.due)) found.set(waiting.type, waiting);
  }
  return [...found.values()];
}

/** The declaration under which a record waits. */
export const waitingOf = (profiles: readonly Profile[] | undefined, type: string): Waiting | undefined =>
  everyWaiting(profiles ?? []).find((waiting) => waiting.type === type);
