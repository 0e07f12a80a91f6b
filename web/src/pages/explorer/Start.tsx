import { IconChartDots3 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Button } from '@mantine/core';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { TypeSign, useTypeName } from '@/graph/Legend';
import type { SceneRecord } from '@/graph/scene';
import { useFormat } from '@/lib/useSettings';
import { Bone } from '@/ui/Bones';
import { Finder } from './Finder';
import { WHOLES } from '@/api/first';

const CENTRAL = 'query Central { influence(first: 6) { rows { record { id type title } } } }';

/** Before anything is drawn: a phrase, or one of those whom most leads to. */
export function Start({ onChoose, onWhole }: { onChoose: (id: string) => void; onWhole: (most: number) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useTypeName();
  const central = useQuery({
    queryKey: [...keys.graph, 'central'],
    queryFn: async ({ signal }) => (await gql<{ influence: { rows: { record: SceneRecord }[] } }>(CENTRAL, {}, signal)).influence.rows,
    retry: false,
  });
  return (
    <div className="graph-start">
      <IconChartDots3 size={40} stroke={1.3} aria-hidden="true" />
      <h2>{t('explorer:start.title')}</h2>
      <p>{t('explorer:start.says')}</p>
      <Finder label={t('explorer:find.label')} onChoose={onChoose} large />
      <section aria-label={t('explorer:start.whole')}>
        <h3>{t('explorer:start.whole')}</h3>
        <div className="graph-wholes">
          {WHOLES.map((most) => (
            <Button key={most} variant="default" size="xs" onClick={() => onWhole(most)}>
              <span className="num">{t('explorer:start.most', { count: most, number: format.number(most) })}</span>
            </Button>
          ))}
        </div>
      </section>
      {!central.isError && (
        <section aria-label={t('explorer:start.central')}>
          <h3>{t('explorer:start.central')}</h3>
          {central.isPending && <Bone height={120} />}
          <ul>
            {central.data?.map(({ record }) => (
              <li key={record.id}>
                <button type="button" onClick={() => onChoose(record.id)}>
                  <TypeSign type={record.type} size={22} />
                  <span className="cut" dir="auto">{record.title}</span>
                  <small>{nameOf(record.type)}</small>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
