import { NativeSelect, SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { COLOURINGS, LAYOUTS, SIZINGS } from '@/graph/choices';
import { ColourScale } from '@/graph/ColourScale';
import { LineLegend, TypeSign, useTypeName } from '@/graph/Legend';
import { tally, type Scene } from '@/graph/scene';
import type { Shown } from '@/graph/showing';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, relationNamed, useModel } from '@/meta/model';
import { Bone } from '@/ui/Bones';
import type { Explorer } from './useExplorer';

// fields to type in and a calendar are more than the drawing waits for
const ValueFilters = lazy(() => import('./values/ValueFilters'));

interface Props {
  explorer: Explorer;
  scene: Scene;
  shown: Shown;
}

/** What is shown, how it is laid out, and what size and colour tell. */
export function FilterPanel({ explorer, scene, shown }: Props) {
  const { t } = useTranslation();
  const nameOf = useTypeName();
  const { language } = useSettings();
  const model = useModel();
  const { search, toggle, change } = explorer;
  const types = useMemo(() => tally([...scene.records.values()].map(({ type }) => type)), [scene]);
  const relations = useMemo(() => tally([...scene.links.values()].map(({ relation }) => relation)), [scene]);
  const seen = useMemo(() => new Map(tally([...shown.records].flatMap((id) => scene.records.get(id)?.type ?? []))), [scene, shown]);
  const drawn = useMemo(() => new Map(tally([...shown.links].flatMap((key) => scene.links.get(key)?.relation ?? []))), [scene, shown]);
  const wordOf = (name: string): string => {
    const relation = relationNamed(model.data, name);
    return relation ? heading(relation, language) : name;
  };
  return (
    <div className="graph-panel-body">
      <section aria-label={t('explorer:types')}>
        <h2>{t('explorer:types')}</h2>
        {types.map(([type, count]) => (
          <Toggle key={type} on={!search.off?.includes(type)} count={count} seen={seen.get(type) ?? 0} onClick={() => toggle('off', type)}>
            <TypeSign type={type} />
            <span className="cut">{nameOf(type, true)}</span>
          </Toggle>
        ))}
      </section>
      <section aria-label={t('explorer:relations')}>
        <h2>{t('explorer:relations')}</h2>
        {relations.map(([relation, count]) => (
          <Toggle key={relation} on={!search.without?.includes(relation)} count={count} seen={drawn.get(relation) ?? 0} onClick={() => toggle('without', relation)}>
            <span className="cut">{wordOf(relation)}</span>
          </Toggle>
        ))}
        <label className="graph-check">
          <input type="checkbox" checked={search.linked ?? false} onChange={(event) => change({ linked: event.currentTarget.checked || undefined })} />
          {t('explorer:onlyLinked')}
        </label>
      </section>
      <LineLegend scene={scene} shown={shown} />
      <Suspense fallback={<Bone height={64} />}>
        <ValueFilters scene={scene} filters={search.value ?? []} onChange={(value) => change({ value })} />
      </Suspense>
      <section aria-label={t('explorer:look')}>
        <h2>{t('explorer:look')}</h2>
        <NativeSelect
          size="sm"
          label={t('explorer:layout.label')}
          value={search.layout ?? 'force'}
          data={LAYOUTS.map((value) => ({ value, label: t(`explorer:layout.${value}`) }))}
          onChange={(event) => change({ layout: event.currentTarget.value })}
        />
        <NativeSelect
          size="sm"
          label={t('explorer:size.label')}
          value={search.size ?? 'degree'}
          data={SIZINGS.map((value) => ({ value, label: t(`explorer:by.${value}`) }))}
          onChange={(event) => change({ size: event.currentTarget.value })}
        />
        <NativeSelect
          size="sm"
          label={t('explorer:color.label')}
          value={search.color ?? 'type'}
          data={COLOURINGS.map((value) => ({ value, label: t(`explorer:by.${value}`) }))}
          onChange={(event) => change({ color: event.currentTarget.value })}
        />
        <ColourScale by={search.color ?? 'type'} />
        {search.from?.length === 1 && <Hops explorer={explorer} />}
      </section>
    </div>
  );
}

function Hops({ explorer: { search, change } }: { explorer: Explorer }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div>
      <span className="graph-field-name" id="graph-hops">{t('explorer:hops')}</span>
      <SegmentedControl
        fullWidth
        size="sm"
        aria-labelledby="graph-hops"
        value={String(search.hops ?? 1)}
        data={['1', '2', '3'].map((value) => ({ value, label: format.plain(Number(value)) }))}
        onChange={(value) => change({ hops: Number(value) })}
      />
    </div>
  );
}

interface ToggleProps {
  on: boolean;
  count: number;
  seen?: number;
  onClick: () => void;
  children: React.ReactNode;
}

function Toggle({ on, count, seen, onClick, children }: ToggleProps) {
  const format = useFormat();
  const words = seen !== undefined && seen < count && on ? `${format.number(seen)} / ${format.number(count)}` : format.number(count);
  return (
    <button type="button" className="graph-toggle" aria-pressed={on} onClick={onClick}>
      {children}
      <bdi className="num">{words}</bdi>
    </button>
  );
}
