import { ActionIcon, Button, Popover, TextInput } from '@mantine/core';
import { IconFilter, IconFilterPlus, IconX } from '@tabler/icons-react';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListChange, ListSearch } from '@/app/listSearch';
import type { Condition } from '@/meta/filters';
import type { EntityType } from '@/meta/model';
import { ConditionEditor } from './ConditionEditor';
import { useConditionWords } from './useConditionWords';

interface Props {
  type: EntityType;
  search: ListSearch;
  change: (part: ListChange) => void;
  children?: ReactNode;
}

/** What narrows the list: conditions field by field, and a filter in words. */
export function FilterBar({ type, search, change, children }: Props) {
  const { t } = useTranslation();
  const conditions = search.filter ?? [];
  const set = (filter: Condition[]) => change({ filter, saved: '' });
  return (
    <div className="filter-bar">
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
      <InWords text={search.text ?? ''} keep={(text) => change({ text, saved: '' })} />
      {(conditions.length > 0 || search.text) && (
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => change({ filter: [], text: '', saved: '' })}>
          {t('list:filter.clear')}
        </Button>
      )}
      {children}
    </div>
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

/** The expression language: `revenue > 1000 and city in ('Berlin', 'Tehran')`. */
function InWords({ text, keep }: { text: string; keep: (text: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  function submit(event: FormEvent): void {
    event.preventDefault();
    keep(typed.trim());
  }
  return (
    <form className="filter-words" onSubmit={submit}>
      <TextInput
        size="xs"
        aria-label={t('list:filter.words')}
        placeholder={t('list:filter.example')}
        leftSection={<IconFilter size={14} />}
        dir={typed ? 'ltr' : undefined}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => typed.trim() !== text && keep(typed.trim())}
      />
    </form>
  );
}
