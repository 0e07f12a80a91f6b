import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { todayIn } from '@/lib/calendar';
import { zoneOf } from '@/lib/settings';
import { useFormat, useSettings } from '@/lib/useSettings';
import { DateField } from '@/ui/DateField';
import { dayAt, placeOf, spanOf } from './past';
import type { View } from '@/meta/view360';
import './past.css';

const CHANGES = 'query Changes($id: ID!) { history(id: $id, first: 100) { nodes { at } } }';
const STILL_MS = 350;

interface Props {
  view: View;
  asOf: string;
  onClose: () => void;
}

/** Moves the whole page in time: a slider over the record's life with its changes marked, or a day. */
export function Past({ view, asOf, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const go = useNavigate({ from: '/r/$id' });
  const { id, values } = view.record;
  const today = todayIn('gregory', zoneOf(useSettings())).toString();
  const { data } = useQuery({
    queryKey: [...keys.history(id), 'days'],
    queryFn: async ({ signal }) => (await gql<{ history: { nodes: { at: string }[] } }>(CHANGES, { id }, signal)).history.nodes,
  });
  const span = spanOf([String(values.validFrom ?? ''), String(values.createdAt ?? '')], (data ?? []).map(({ at }) => at), today);
  const [place, setPlace] = useState(asOf ? placeOf(asOf) : span.last);
  useEffect(() => setPlace(asOf ? placeOf(asOf) : span.last), [asOf, span.last]);

  function move(day: string): void {
    void go({ search: ({ asOf: _, ...before }) => (day && day < today ? { ...before, asOf: day } : before), resetScroll: false });
  }

  useEffect(() => {
    const shown = asOf ? placeOf(asOf) : span.last;
    if (place === shown) return;
    const timer = setTimeout(() => move(dayAt(place)), STILL_MS);
    return () => clearTimeout(timer);
  });

  return (
    <section className="past no-print" data-past={asOf ? true : undefined} aria-label={t('record:asOf.label')}>
      <p role="status">
        <IconHistory size={17} aria-hidden="true" />
        <b>{asOf ? t('record:asOf.says', { day: format.day(asOf, 'long') }) : t('record:asOf.choose')}</b>
      </p>
      <div className="past-slider">
        <input
          type="range"
          min={Math.min(span.first, place)}
          max={span.last}
          value={place}
          aria-label={t('record:asOf.label')}
          aria-valuetext={format.day(dayAt(place), 'long')}
          onChange={(event) => setPlace(Number(event.currentTarget.value))}
        />
        <div className="past-marks" aria-hidden="true">
          {span.marks.map((mark) => (
            <i key={mark} style={{ insetInlineStart: `${((mark - span.first) / (span.last - span.first)) * 100}%` }} />
          ))}
        </div>
        <div className="past-ends num" aria-hidden="true">
          <small>{format.day(dayAt(span.first))}</small>
          <small className="past-at">{format.day(dayAt(place))}</small>
          <small>{t('record:asOf.today')}</small>
        </div>
      </div>
      <DateField value={asOf || null} ariaLabel={t('record:asOf.label')} width={176} onChange={(day) => move(day ?? '')} />
      <Button variant="default" onClick={() => (move(''), onClose())}>
        {t('record:asOf.now')}
      </Button>
    </section>
  );
}
