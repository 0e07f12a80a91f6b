import { NativeSelect, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import type { EntityType } from '@/meta/model';
import type { Source } from './board';

const Conditions = lazy(async () => ({ default: (await import('@/meta/conditions/Conditions')).Conditions }));

interface Saved {
  savedQueries: { id: string; name: string; parameters: unknown[]; problems: unknown[] }[];
}

const SAVED = 'query Segments($type: String!) { savedQueries(type: $type) { id name parameters { name } problems { message } } }';

/** Which records are asked: those of a saved query, those that meet conditions, and a filter in words, along relations too. */
export function FilterPart({ type, source, set }: { type: EntityType; source: Source; set: (part: Partial<Source>) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(source.text);
  useEffect(() => setText(source.text), [source.text]);
  const found = useQuery({ queryKey: [...keys.views(type.name), 'segments'], queryFn: ({ signal }) => gql<Saved>(SAVED, { type: type.name }, signal) });
  const usable = (found.data?.savedQueries ?? []).filter((each) => !each.parameters.length && !each.problems.length);
  return (
    <>
      {(usable.length > 0 || source.segment) && (
        <NativeSelect
          size="sm" label={t('reports:segment')} value={source.segment}
          data={[{ value: '', label: t('reports:everyRecord') }, ...usable.map((each) => ({ value: each.name, label: each.name }))]}
          onChange={(event) => set({ segment: event.currentTarget.value })}
        />
      )}
      <div className="tile-conditions" role="group" aria-label={t('reports:conditions')}>
        <span>{t('reports:conditions')}</span>
        <Suspense><Conditions type={type} conditions={source.filter} set={(filter) => set({ filter })} /></Suspense>
      </div>
      <Textarea
        size="sm" rows={2} label={t('reports:filter')} placeholder={t('reports:filterExample')} dir={text ? 'ltr' : undefined} value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => text.trim() !== source.text && set({ text: text.trim() })}
      />
    </>
  );
}
