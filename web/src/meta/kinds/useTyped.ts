import { useState } from 'react';
import { useFormat } from '@/lib/useSettings';

/** A number in a field: what was there in the reader's digits, what is typed as it is typed. */
export function useTyped(value: unknown, onChange: (text: string) => void): { value: string; onChange: (event: { currentTarget: { value: string } }) => void } {
  const format = useFormat();
  const [typed, setTyped] = useState<string | null>(null);
  const given = String(value ?? '');
  return {
    value: typed === given ? given : format.typed(given),
    onChange: ({ currentTarget }) => {
      setTyped(currentTarget.value);
      onChange(currentTarget.value);
    },
  };
}
