import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ValueFilter } from '@/graph/valueFilters';
import { useWords } from './useWords';

/** What the drawing is filtered by, each with the way to take it off. */
export function Chips({ filters, onChange }: { filters: readonly ValueFilter[]; onChange: (filters: ValueFilter[]) => void }) {
  const { t } = useTranslation();
  const { nameOf, told } = useWords();
  const shown = filters.flatMap((filter) => {
    const says = told(filter);
    return says ? [{ filter, words: `${nameOf(filter)}: ${says}` }] : [];
  });
  if (!shown.length) return null;
  return (
    <ul className="graph-chips" aria-label={t('explorer:value.filtered')}>
      {shown.map(({ filter, words }) => (
        <li key={`${filter.type} ${filter.field}`}>
          <button type="button" aria-label={t('explorer:value.off', { words })} onClick={() => onChange(filters.filter((each) => each !== filter))}>
            <span className="cut">{words}</span>
            <IconX size={14} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
