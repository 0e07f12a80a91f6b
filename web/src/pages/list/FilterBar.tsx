import { Button, TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListChange, ListSearch } from '@/app/listSearch';
import { Conditions } from '@/meta/conditions/Conditions';
import type { EntityType } from '@/meta/model';

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
  return (
    <div className="filter-bar">
      <Conditions type={type} conditions={conditions} set={(filter) => change({ filter, saved: '' })} />
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
