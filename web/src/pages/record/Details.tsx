import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { isKnown, kindOf } from '@/meta/kinds';
import { heading } from '@/meta/model';
import { Card } from '@/ui/Card';
import type { PartProps } from './Record';

/** All that the record itself says; what somebody else has just changed is marked. */
export function Details({ view, type, fresh }: PartProps) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const { values } = view.record;
  const fields = type.fields.filter((field) => isKnown(field) && values[field.name] != null);
  return (
    <Card title={t('record:details')}>
      <dl className="details">
        {fields.map((field) => {
          const { Cell } = kindOf(field);
          return (
            <div key={field.name} data-long={field.kind === 'longText' || undefined} data-fresh={fresh.has(field.name) || undefined}>
              <dt>{heading(field, language)}</dt>
              <dd><Cell value={values[field.name]} field={field} /></dd>
            </div>
          );
        })}
        <div>
          <dt>{t('record:changed')}</dt>
          <dd className="num">{format.ago(String(values.updatedAt))}</dd>
        </div>
      </dl>
    </Card>
  );
}
