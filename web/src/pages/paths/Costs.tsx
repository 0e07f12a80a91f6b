import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { digits } from '@/meta/kinds/number';
import { heading, useModel } from '@/meta/model';
import type { Asked, PathSearch } from './asked';

/** What a link of each relation costs; where nothing is written it costs one. */
export function Costs({ asked, change }: { asked: Asked; change: (part: PathSearch) => void }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const relations = useModel().data?.relations ?? [];
  const shown = relations.filter(({ name }) => !asked.via.length || asked.via.includes(name));

  function set(name: string, text: string): void {
    const cost = Number(digits(text));
    const others = Object.entries(asked.costs).filter(([each]) => each !== name);
    const says = text.trim() !== '' && cost >= 0;
    change({ costs: Object.fromEntries(says ? [...others, [name, cost]] : others) });
  }

  return (
    <details className="paths-costs" open={Object.keys(asked.costs).length > 0}>
      <summary>{t('paths:costs')}</summary>
      <div>
        {shown.map((relation) => (
          <TextInput
            key={relation.name}
            size="xs"
            label={heading(relation, language)}
            inputMode="decimal"
            placeholder="1"
            defaultValue={asked.costs[relation.name] ?? ''}
            onBlur={(event) => set(relation.name, event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Enter' && set(relation.name, event.currentTarget.value)}
          />
        ))}
      </div>
    </details>
  );
}
