import { CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Way } from '@/graph/asking';
import { useFormat } from '@/lib/useSettings';
import { Neighbours } from './Neighbours';

/** The ways between two records, the strongest first. */
export function WayList({ ways, onPick, onClose }: { ways: readonly Way[]; onPick: (id: string, more: boolean) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="graph-panel-body">
      <header className="graph-picked">
        <h2 className="grow">{t('explorer:ways.title', { count: ways.length, number: format.number(ways.length) })}</h2>
        <CloseButton size="sm" aria-label={t('explorer:ways.close')} onClick={onClose} />
      </header>
      {ways.map((way, place) => (
        <section key={place} className="graph-way" aria-label={t('explorer:ways.one', { number: format.number(place + 1) })}>
          <h2>
            {t('explorer:ways.one', { number: format.number(place + 1) })}{' '}
            {way.strength !== null && <small className="num"><bdi>{format.percent(way.strength, way.strength < 0.1 ? 1 : 0)}</bdi></small>}
          </h2>
          {way.records.map((record) => (
            <Neighbours.Row key={record.id} record={record} onPick={onPick} />
          ))}
        </section>
      ))}
    </div>
  );
}
