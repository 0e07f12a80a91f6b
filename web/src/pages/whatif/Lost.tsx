import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';
import type { CardOf } from '@/meta/useCard';
import { useLook } from '@/meta/useLook';
import { Card } from '@/ui/Card';
import type { Outcome } from './useWhatIf';

/** Who would stand alone, who nearly, and who would be out of reach. */
export function Lost({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { lostOnlyLink, leftWithOne, outOfReach, furtherAway } = outcome;
  const steps = (number: number): string => t('whatif:steps', { count: number, number: format.number(number) });
  return (
    <div className="lost">
      <Part title={t('whatif:lost.only')} none={t('whatif:lost.onlyNone')} rows={lostOnlyLink.map((record) => ({ record, note: null }))} />
      <Part
        title={t('whatif:lost.one')}
        none={t('whatif:lost.oneNone')}
        rows={leftWithOne.map(({ record, last }) => ({ record, note: t('whatif:lost.last', { name: `\u2068${last.title}\u2069` }) }))}
      />
      {(outOfReach.length > 0 || furtherAway.length > 0) && (
        <>
          <Part title={t('whatif:lost.reach')} none={t('whatif:lost.reachNone')} rows={outOfReach.map(({ record, stepsBefore }) => ({ record, note: steps(stepsBefore) }))} />
          <Part
            title={t('whatif:lost.further')}
            none={t('whatif:lost.furtherNone')}
            rows={furtherAway.map(({ record, stepsBefore, stepsAfter }) => ({ record, note: t('whatif:lost.fromTo', { before: steps(stepsBefore), after: steps(stepsAfter ?? 0) }) }))}
          />
        </>
      )}
    </div>
  );
}

function Part({ title, none, rows }: { title: string; none: string; rows: { record: CardOf; note: ReactNode }[] }) {
  const lookOf = useLook();
  const format = useFormat();
  return (
    <Card title={title} note={rows.length > 0 && format.number(rows.length)}>
      {!rows.length && <p className="card-note card-end">{none}</p>}
      <ul className="lost-list">
        {rows.map(({ record, note }) => (
          <li key={record.id}>
            <i className="dot" style={{ background: lookOf(record.type).color }} />
            <Link to="/r/$id" params={{ id: record.id }} className="plain-link cut" dir="auto">{record.title}</Link>
            {note && <small>{note}</small>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
