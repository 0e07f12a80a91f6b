import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { accepted, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { CANCEL, GUESS_QUERY, isOpen, SAVE, UPLOAD_QUERY } from './api';
import type { Asked, Changed, ImportFile, SourceGuess, Upload } from './api';
import type { Mapping } from './mapping';

const LOOK_EVERY_MS = 800;

/** An upload, asked for again and again while something is being done for it. */
export function useUpload(id: string | undefined) {
  return useQuery({
    queryKey: keys.importUpload(id ?? ''),
    queryFn: async ({ signal }) => (await gql<{ importUpload: Upload | null }>(UPLOAD_QUERY, { id }, signal)).importUpload,
    enabled: Boolean(id),
    refetchInterval: ({ state }) => (isOpen(state.data?.job) || isOpen(state.data?.run?.job) ? LOOK_EVERY_MS : false),
  });
}

interface Guessed {
  importGuess: { mapping: Mapping; sources: SourceGuess[] };
}

/** What the files most likely mean, as they are now. */
export function useGuess(upload: Upload | null | undefined) {
  const files = upload?.files.map((each) => `${each.name} ${each.size} ${each.encoding}${each.delimiter}`) ?? [];
  return useQuery({
    queryKey: keys.importGuess(upload?.id ?? '', files),
    queryFn: async ({ signal }) => (await gql<Guessed>(GUESS_QUERY, { upload: upload?.id }, signal)).importGuess,
    enabled: Boolean(files.length),
  });
}

/** The question what one file means, read as records of a type. */
export const guessedAs = (upload: Upload, { name, size, encoding, delimiter }: ImportFile, type: string) => ({
  queryKey: keys.importGuess(upload.id, [`${name} ${size} ${encoding}${delimiter}`, type]),
  queryFn: async (): Promise<SourceGuess | null> => (await gql<Guessed>(GUESS_QUERY, { upload: upload.id, file: name, type })).importGuess.sources[0] ?? null,
});

/** Changes the mapping on the page at once and keeps it on the server; what does not fit yet is told by `errors`. */
export function useMapping(upload: Upload) {
  const client = useQueryClient();
  const key = keys.importUpload(upload.id);
  const save = useMutation({
    mutationKey: ['import mapping', upload.id],
    scope: { id: `mapping ${upload.id}` },
    mutationFn: (mapping: Mapping) => gql<Changed>(SAVE, { input: { upload: upload.id, mapping } }),
    onSuccess: ({ done }) => {
      const text = done.upload?.text ?? null;
      client.setQueryData<Upload | null>(key, (now) => (now ? { ...now, text } : now));
    },
  });
  const { mutate } = save;
  const change = useCallback(
    (next: Mapping) => {
      client.setQueryData<Upload | null>(key, (now) => (now ? { ...now, mapping: next } : now));
      mutate(next);
    },
    // the key is made of the id alone
    [client, mutate, upload.id],
  );
  const errors: Problem[] = save.data?.done.errors ?? [];
  return { change, errors, failure: save.error };
}

/** Asks for something to be done, and shows it as soon as it is. */
export function useAsk(mutation: string, invalidates: readonly unknown[]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => {
      const { done } = await gql<Asked>(mutation, { input: { id } });
      accepted(done);
      return done.job;
    },
    onSettled: () => client.invalidateQueries({ queryKey: invalidates }),
  });
}

export const useCancel = (upload: string) => useAsk(CANCEL, keys.importUpload(upload));
