import { ActionIcon, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';
import { RecordPicker } from '@/meta/RecordPicker';
import { RelationChooser } from '@/meta/RelationChooser';
import { DateField } from '@/ui/DateField';
import { COUNTS, MEASURES, MOST_HOPS, type Asked, type By, type PathSearch } from './asked';
import { Costs } from './Costs';

interface Props {
  asked: Asked;
  change: (part: PathSearch) => void;
}

/** From whom to whom, by what, and within which bounds. */
export function Asking({ asked, change }: Props) {
  const { t } = useTranslation();
  return (
    <section className="card paths-asking" aria-label={t('paths:ask')}>
      <div className="paths-ends">
        <RecordPicker label={t('paths:from')} value={asked.from} onChange={(from) => change({ from })} autoFocus={!asked.from} />
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t('paths:swap')}
          disabled={!asked.from && !asked.to}
          onClick={() => change({ from: asked.to, to: asked.from })}
        >
          <IconArrowsExchange size={18} />
        </ActionIcon>
        <RecordPicker label={t('paths:to')} value={asked.to} onChange={(to) => change({ to })} />
      </div>
      <SegmentedControl
        className="paths-by"
        aria-label={t('paths:measure')}
        size="sm"
        withItemsBorders={false}
        value={asked.by}
        onChange={(by) => change({ by: by as By })}
        data={MEASURES.map((by) => ({ value: by, label: t(`paths:by.${by}`) }))}
      />
      <p className="muted paths-means">{t(`paths:means.${asked.by}`)}</p>
      <Bounds asked={asked} change={change} />
      {asked.by === 'cheapest' && <Costs asked={asked} change={change} />}
    </section>
  );
}

function Bounds({ asked, change }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const links = asked.by !== 'introduction';
  const hops = Array.from({ length: MOST_HOPS }, (_, place) => place + 1);
  return (
    <div className="paths-bounds">
      <NativeSelect
        size="sm"
        label={t('paths:first')}
        value={String(asked.first)}
        onChange={(event) => change({ first: Number(event.currentTarget.value) })}
        data={COUNTS.map((each) => ({ value: String(each), label: t('paths:ways', { count: each, number: format.number(each) }) }))}
      />
      <NativeSelect
        size="sm"
        label={t('paths:hops')}
        value={String(asked.hops)}
        onChange={(event) => change({ hops: Number(event.currentTarget.value) })}
        data={hops.map((each) => ({ value: String(each), label: t('paths:links', { count: each, number: format.number(each) }) }))}
      />
      {links && (
        <>
          <RelationChooser label={t('paths:via')} value={asked.via} onChange={(via) => change({ via })} />
          <DateField label={t('paths:asOf')} placeholder={t('paths:now')} value={asked.asOf || null} onChange={(day) => change({ asOf: day ?? '' })} />
        </>
      )}
    </div>
  );
}
