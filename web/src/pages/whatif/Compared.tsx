import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, useModel } from '@/meta/model';
import { RecordPicker } from '@/meta/RecordPicker';
import { SCORES, type ScoreName, type WhatIfSearch } from './scenario';
import { useTypesAtRisk } from './useWhatIf';

const HOPS = [1, 2, 3, 4, 5];

/** Which score is compared, whose, and from whom reach is looked at. */
export function Compared({ search, change }: { search: WhatIfSearch; change: (next: WhatIfSearch) => void }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const { data: model } = useModel();
  const atRisk = useTypesAtRisk();
  const score = search.score ?? 'influence';
  const types = (model?.types ?? []).filter(({ name }) => score === 'influence' || atRisk.includes(name));
  const offered = types.map(({ name, labels }) => ({ value: name, label: heading(labels, language) }));
  const set = (part: WhatIfSearch) => change({ ...search, ...part });
  // the risk of which type is compared must be said; of influence it may be that of all
  const choose = (next: ScoreName) => set({ score: next, type: next === 'churn' ? (search.type ?? atRisk[0] ?? '') : '' });
  return (
    <section className="card suppose" aria-label={t('whatif:compare')}>
      <h2>{t('whatif:compare')}</h2>
      <SegmentedControl
        size="sm"
        fullWidth
        withItemsBorders={false}
        aria-label={t('whatif:compare')}
        value={score}
        onChange={(value) => choose(value as ScoreName)}
        data={SCORES.map((each) => ({ value: each, label: t(`whatif:score.${each}`), disabled: each === 'churn' && !atRisk.length }))}
      />
      <NativeSelect
        size="sm"
        label={t('whatif:type')}
        value={search.type ?? ''}
        onChange={(event) => set({ type: event.currentTarget.value })}
        data={score === 'influence' ? [{ value: '', label: t('whatif:all') }, ...offered] : offered}
      />
      <RecordPicker label={t('whatif:from')} value={search.from ?? ''} onChange={(from) => set({ from })} />
      {search.from && (
        <NativeSelect
          size="sm"
          label={t('whatif:hops')}
          value={String(search.hops ?? 3)}
          onChange={(event) => set({ hops: Number(event.currentTarget.value) })}
          data={HOPS.map((each) => ({ value: String(each), label: t('whatif:steps', { count: each, number: format.number(each) }) }))}
        />
      )}
    </section>
  );
}
