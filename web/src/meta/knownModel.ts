/** The model for what is said on any page, signed in or not: it is waited for, never asked for. */
import { hashKey } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { client } from '@/api/client';
import { keys } from '@/api/keys';
import type { Model } from './types';

const HASH = hashKey(keys.model);

const listen = (changed: () => void): (() => void) =>
  client.getQueryCache().subscribe(({ query }) => {
    if (query.queryHash === HASH) changed();
  });

const known = (): Model | undefined => client.getQueryData<Model>(keys.model);

/** The model where some part of the page has it already; undefined until then. */
export const useKnownModel = (): Model | undefined => useSyncExternalStore(listen, known);
