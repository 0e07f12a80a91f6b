import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DATES, wayOf } from './dates';

interface Props {
  column: string;
  value: string;
  onChange: (format: string) => void;
}

const OTHER = '+';

/** How a column writes days, chosen by an example; what no example shows is written in codes. */
export function DateWay({ column, value, onChange }: Props) {
  const { t } = useTranslation();
  const known = value === '' || DATES.some((each) => each === value);
  const [coded, setCoded] = useState(!known && wayOf(value) === null);
  const label = t('import:columns.date', { column });
  const told = (format: string): string => {
    const way = wayOf(format);
    if (!way) return format;
    const facts = { example: `\u2066${way.example}\u2069` };
    return way.persian ? t(`import:dates.persian.${way.begins}`, facts) : t(`import:dates.${way.begins}`, facts);
  };
  const formats = known || coded ? DATES : [...DATES, value];
  return (
    <>
      <NativeSelect
        aria-label={label}
        value={coded ? OTHER : value}
        data={[
          { value: '', label: t('import:dates.iso', { example: '\u20662026-12-31\u2069' }) },
          ...formats.map((each) => ({ value: each, label: told(each) })),
          { value: OTHER, label: t('import:dates.other') },
        ]}
        onChange={({ currentTarget: { value: chosen } }) => {
          setCoded(chosen === OTHER);
          if (chosen !== OTHER) onChange(chosen);
        }}
      />
      {coded && <TextInput aria-label={t('import:dates.codes', { column })} placeholder="%d.%m.%Y" dir="ltr" value={value} onChange={(event) => onChange(event.currentTarget.value)} />}
    </>
  );
}
