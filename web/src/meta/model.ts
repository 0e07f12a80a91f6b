/** The model as it stands, with labels in every language, so that switching the language asks the server for nothing. */
import { useQuery } from '@tanstack/react-query';
import { MODEL } from '@/api/first';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import type { Language } from '@/lib/settings';
import type { EntityType, Model, Words } from './types';

export * from './types';

type Told = Omit<EntityType, 'label' | 'labels'> & Record<`${'one' | 'other'}${Language}`, string>;

const wordsOf = (told: Told, form: 'one' | 'other'): Words => ({
  en: told[`${form}en`],
  ru: told[`${form}ru`],
  fa: told[`${form}fa`],
});

async function read(signal: AbortSignal): Promise<Model> {
  const { model } = await gql<{ model: Omit<Model, 'types'> & { types: Told[] } }>(MODEL, {}, signal);
  const types = model.types.map((told) => ({ ...told, label: wordsOf(told, 'one'), labels: wordsOf(told, 'other') }));
  return { ...model, types };
}

export const useModel = () =>
  useQuery({ queryKey: keys.model, queryFn: ({ signal }) => read(signal), staleTime: Infinity });
