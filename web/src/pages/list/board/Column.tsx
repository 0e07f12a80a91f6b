import { useDroppable } from '@dnd-kit/core';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { kindOf } from '@/meta/kinds';
import { choiceLabel, type Field } from '@/meta/model';
import type { Shelf } from '@/meta/shelves';
import { Bone } from '@/ui/Bones';
import { Card } from './Card';
import type { Stage } from './stages';

interface Props {
  stage: Stage;
  /** Absent while it is on its way. */
  shelf: Shelf | undefined;
  by: Field;
  fields: readonly Field[];
  sum: Field | undefined;
  grow: (stage: string) => Promise<void>;
}

const NEAR_PX = 400;

/** One stage: how many it has, what they come to, and the first of them; more come as it is scrolled. */
export function Column({ stage, shelf, by, fields, sum, grow }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useStageName()(stage);
  const { setNodeRef, isOver } = useDroppable({ id: stage.value, disabled: by.readOnly });
  const Sum = sum && kindOf(sum).Cell;
  return (
    <section ref={setNodeRef} className="board-column" data-over={isOver || undefined} aria-label={name}>
      <header>
        <i className="dot" style={{ background: stage.choice?.color ?? 'var(--x-line-chart)' }} />
        <h2 className="cut">{name}</h2>
        {shelf && <span className="board-count num">{format.number(shelf.count)}</span>}
        <span className="grow" />
        {shelf && Sum && shelf.count > 0 && (
          <span className="board-sum num">
            <Sum value={shelf.sum} field={sum} />
          </span>
        )}
      </header>
      <ul
        onScroll={({ currentTarget: box }) => {
          if (box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX) void grow(stage.value);
        }}
      >
        {!shelf && [0, 1, 2].map((place) => <li key={place} className="board-card"><Bone height={38} /></li>)}
        {shelf?.nodes.map((row) => <Card key={row.id} row={row} fields={fields} by={by} />)}
        {shelf?.next && (
          <li className="board-more">
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => void grow(stage.value)}>
              {t('list:more')}
            </Button>
          </li>
        )}
        {shelf?.count === 0 && <li className="board-none">{t('list:board.none')}</li>}
      </ul>
    </section>
  );
}

/** The words of a stage; those of none stand for records without a value. */
export function useStageName(): (stage: Stage | undefined) => string {
  const { t } = useTranslation();
  const { language } = useSettings();
  return (stage) => (stage?.choice ? choiceLabel(stage.choice, language) : t('list:board.without'));
}
