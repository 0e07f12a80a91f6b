import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ValueFilter } from '@/graph/valueFilters';
import { useLanding } from '@/lib/useLanding';
import { useWords } from './useWords';

/** What the drawing is filtered by, each with the way to take it off. */
export function Chips({ filters, onChange }: { filters: readonly ValueFilter[]; onChange: (filters: ValueFilter[]) => void }) {
  const { t } = useTranslation();
  const { nameOf, told } = useWords();
  const shown = filters.flatMap((filter) => {
    const says = told(filter);
    return says ? [{ filter, words: `${nameOf(filter)}: ${says}` }] : [];
  });
  const land = useLanding(shown.length, '.graph-chips button', '.graph-finder input');
  if (!shown.length) return null;

  function take(place: number, off: ValueFilter): void {
    land(place);
    onChange(filters.filter((each) => each !== off));
  }

  return (
    <ul className="graph-chips" aria-label={t('explorer:value.filtered')}>
      {shown.map(({ filter, words }, place) => (
        <li key={`${filter.type} ${filter.field}`}>
          <button type="button" aria-label={t('explorer:value.off', { words })} onClick={() => take(place, filter)}>
            <span className="cut">{words}</span>
            <IconX size={14} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
