import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AMOUNT } from '@/graph/valueFilters';
import { useFormat } from '@/lib/useSettings';
import { digits } from '@/meta/kinds/number';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  number?: boolean;
}

const REST_MS = 600;

/** A text or a number that holds when its reader rests or leaves it. */
export function Typed({ label, value, onChange, number = false }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = number ? format.typed(value) : value;
  const [text, setText] = useState(shown);
  const meant = number ? digits(text) : text.trim();
  const wrong = number && meant !== '' && !AMOUNT.test(meant);
  const keep = (): void => {
    if (!wrong && meant !== value) onChange(meant);
  };
  const latest = useRef(keep);
  latest.current = keep;
  useEffect(() => setText((now) => ((number ? digits(now) : now.trim()) === value ? now : shown)), [shown]);
  useEffect(() => {
    const timer = setTimeout(() => latest.current(), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <TextInput
      size="xs"
      label={label}
      value={text}
      inputMode={number ? 'decimal' : 'text'}
      error={wrong && t('explorer:value.wrong')}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
    />
  );
}
