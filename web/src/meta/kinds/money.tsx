import { Group, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Money } from '@/lib/format';
import { inputOf, type EditorProps, type Kind } from './kind';
import { digits } from './number';
import { SaidCell } from './SaidCell';
import { useTyped } from './useTyped';

const AMOUNT = /^[+-]?\d+(\.\d+)?$/;
const CURRENCY = /^[A-Z]{3}$/;

function MoneyEditor(props: EditorProps) {
  const { t } = useTranslation();
  const fixed = props.field.options.currency;
  const held = (props.value ?? { amount: '', currency: fixed ?? '' }) as Money;
  const change = (part: Partial<Money>) => props.onChange({ ...held, ...part });
  const typed = useTyped(held.amount, (amount) => change({ amount, currency: fixed ?? held.currency }));
  return (
    <Group gap={6} align="flex-start" wrap="nowrap">
      <TextInput
        {...inputOf(props)}
        style={{ flex: 1 }}
        inputMode="decimal"
        rightSection={fixed && <small dir="ltr">{fixed}</small>}
        rightSectionWidth={fixed ? 44 : 0}
        {...typed}
      />
      {!fixed && (
        <TextInput
          label={props.label && t('app:currency')}
          aria-label={t('app:currency')}
          size="sm"
          dir="ltr"
          w={76}
          maxLength={3}
          value={held.currency}
          onChange={(event) => change({ currency: event.currentTarget.value.toUpperCase() })}
        />
      )}
    </Group>
  );
}

export const money: Kind = {
  width: 140,
  end: true,
  sortable: true,
  operators: ['least', 'most', 'between', 'empty', 'filled'],
  total: { name: 'sum', select: ' { amount currency }' },
  select: (name) => `${name} { amount currency }`,
  Cell: SaidCell,
  Editor: MoneyEditor,
  sent: (value) => {
    const { amount, currency } = (value ?? { amount: '', currency: '' }) as Money;
    const text = digits(amount);
    if (!text) return null;
    return AMOUNT.test(text) && CURRENCY.test(currency) ? { amount: text, currency } : undefined;
  },
};
