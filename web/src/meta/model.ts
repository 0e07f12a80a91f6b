/** The model as it stands, with labels in every language, so that switching the language asks the server for nothing. */
import { useQuery } from '@tanstack/react-query';
import { client } from '@/api/client';
import { MODEL } from '@/api/first';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import type { Language } from '@/lib/settings';
import { countsOf } from './counts';
import type { EntityType, Model, Words } from './types';

export * from './types';

type Told = Omit<EntityType, 'label' | 'labels'> & Record<`${'one' | 'other'}${Language}`, string>;

const wordsOf = (told: Told, form: 'one' | 'other'): Words => ({
  en: told[`${form}en`],
  ru: told[`${form}ru`],
  fa: told[`${form}fa`],
});

async function read(signal: AbortSignal): Promise<Model> {
  const { model: told } = await gql<{ model: Omit<Model, 'types'> & { types: Told[] } }>(MODEL, {}, signal);
  const types = told.types.map((each) => ({ ...each, label: wordsOf(each, 'one'), labels: wordsOf(each, 'other') }));
  const model = { ...told, types };
  void client.prefetchQuery(countsOf(model));
  return model;
}

export const useModel = () =>
  useQuery({ queryKey: keys.model, queryFn: ({ signal }) => read(signal), staleTime: Infinity });
