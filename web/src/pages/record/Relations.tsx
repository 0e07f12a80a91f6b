import { Button } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, type Side } from '@/meta/model';
import { EmptyState } from '@/ui/EmptyState';
import { useNeedsLine } from '@/ui/useNeedsLine';
import { AddLink } from './AddLink';
import { LinkedList } from './LinkedList';
import type { PartProps } from './Record';
import './relations.css';

/** Every relation with its exact count, and one of them whole: sorted, paged, changed where it stands. */
export function Relations({ view, type, asOf, closed }: PartProps) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { rel } = useSearch({ from: '/r/$id' });
  const [adding, setAdding] = useState(false);
  const needs = useNeedsLine();
  const counts = new Map(view.sections.map((section) => [section.field, section.count]));
  const sides = [...type.relations].sort((a, b) => Number(!counts.get(a.name)) - Number(!counts.get(b.name)));
  const side = sides.find((each) => each.name === rel) ?? sides[0];
  if (!side) {
    return <EmptyState icon={IconLink} title={t('record:relations.never.title')}>{t('record:relations.never.says')}</EmptyState>;
  }
  const count = counts.get(side.name) ?? 0;
  return (
    <div className="relations">
      <SideList sides={sides} counts={counts} chosen={side.name} />
      <section className="card" aria-label={heading(side, language)}>
        <header className="card-head">
          <h2>{heading(side, language)}</h2>
          <Count value={count} />
          <span className="grow" />
          {!closed && (side.most === null || count < side.most) && (
            <Button {...needs} size="compact-md" variant="default" className="no-print" leftSection={<IconLink size={15} />} onClick={() => setAdding(true)}>
              {t('record:relations.add')}
            </Button>
          )}
        </header>
        <LinkedList key={side.name} type={type} side={side} id={view.record.id} asOf={asOf} closed={closed} />
      </section>
      {adding && <AddLink type={type} side={side} about={view.record} onClose={() => setAdding(false)} />}
    </div>
  );
}

function Count({ value }: { value: number }) {
  return <small className="num">{useFormat().number(value)}</small>;
}

function SideList({ sides, counts, chosen }: { sides: readonly Side[]; counts: ReadonlyMap<string, number>; chosen: string }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const go = useNavigate({ from: '/r/$id' });
  return (
    <nav className="sides no-print" aria-label={t('record:tab.relations')}>
      {sides.map((side) => (
        <button
          key={side.name}
          type="button"
          aria-current={side.name === chosen || undefined}
          onClick={() => void go({ search: ({ sort: _, ...before }) => ({ ...before, rel: side.name }), replace: true, resetScroll: false })}
        >
          <span className="cut">{heading(side, language)}</span>
          <Count value={counts.get(side.name) ?? 0} />
        </button>
      ))}
    </nav>
  );
}
