import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SPANS, type SpanName } from './board';
import type { Cross } from './compose';

interface Props {
  span: SpanName;
  cross: readonly Cross[];
  choose: (span: SpanName) => void;
  drop: (place: number) => void;
  children: ReactNode;
}

/** What narrows all tiles: a period, and what was pointed at. */
export function BoardFilter({ span, cross, choose, drop, children }: Props) {
  const { t } = useTranslation();
  return (
    <div className="board-filter">
      <NativeSelect
        size="xs" aria-label={t('reports:period')} value={span}
        data={SPANS.map((each) => ({ value: each, label: t(each === 'ALL' ? 'reports:asBuilt' : `reports:span.${each}`) }))}
        onChange={(event) => choose(event.currentTarget.value as SpanName)}
      />
      {cross.map(({ words }, place) => (
        <span key={words} className="cross-chip">
          <span className="cut" dir="auto">{words}</span>
          <ActionIcon size={22} variant="subtle" color="iris" aria-label={t('reports:widen', { words })} onClick={() => drop(place)}>
            <IconX size={13} />
          </ActionIcon>
        </span>
      ))}
      {children}
    </div>
  );
}
