import { ActionIcon, Button, Popover } from '@mantine/core';
import { IconFilterPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Condition } from '@/meta/filters';
import type { EntityType } from '@/meta/model';
import { ConditionEditor } from './ConditionEditor';
import { useConditionWords } from './useConditionWords';
import './conditions.css';

interface Props {
  type: EntityType;
  conditions: readonly Condition[];
  set: (conditions: Condition[]) => void;
}

/** Conditions field by field: each in words, changed by a click on it, and a button for one more. */
export function Conditions({ type, conditions, set }: Props) {
  return (
    <>
      {conditions.map((condition, place) => (
        <Chip
          key={`${condition.field} ${place}`}
          type={type}
          condition={condition}
          keep={(next) => set(conditions.map((each, at) => (at === place ? next : each)))}
          drop={() => set(conditions.filter((_, at) => at !== place))}
        />
      ))}
      <Adder type={type} add={(condition) => set([...conditions, condition])} />
    </>
  );
}

interface ChipProps {
  type: EntityType;
  condition: Condition;
  keep: (condition: Condition) => void;
  drop: () => void;
}

function Chip({ type, condition, keep, drop }: ChipProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const words = useConditionWords(type)(condition);
  return (
    <span className="filter-chip">
      <Popover opened={open} onChange={setOpen} withinPortal trapFocus shadow="md" width={300} position="bottom-start">
        <Popover.Target>
          <button type="button" className="cut" onClick={() => setOpen(!open)}>
            {words}
          </button>
        </Popover.Target>
        <Popover.Dropdown className="filter-editor" aria-label={words}>
          <ConditionEditor type={type} condition={condition} done={(next) => (setOpen(false), keep(next))} />
        </Popover.Dropdown>
      </Popover>
      <ActionIcon size={22} variant="subtle" color="gray" aria-label={t('list:filter.drop', { words })} onClick={drop}>
        <IconX size={13} />
      </ActionIcon>
    </span>
  );
}

function Adder({ type, add }: { type: EntityType; add: (condition: Condition) => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} withinPortal trapFocus shadow="md" width={300} position="bottom-start">
      <Popover.Target>
        <Button size="compact-sm" variant="default" leftSection={<IconFilterPlus size={15} />} onClick={() => setOpen(!open)}>
          {t('list:filter.add')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="filter-editor" aria-label={t('list:filter.add')}>
        <ConditionEditor type={type} done={(next) => (setOpen(false), add(next))} />
      </Popover.Dropdown>
    </Popover>
  );
}
