import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId, useState, type KeyboardEvent } from 'react';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { TypeSign, useTypeName } from '@/graph/Legend';
import { SEARCH, type Found } from '@/meta/search';

/** A phrase, and the records that it finds: the one that is chosen comes onto the drawing. */
export function Finder({ onChoose, label, large = false }: { onChoose: (id: string) => void; label: string; large?: boolean }) {
  const { t } = useTranslation();
  const nameOf = useTypeName();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [asked] = useDebouncedValue(text.trim(), 180);
  const list = useId();
  const found = useQuery({
    queryKey: keys.search(asked, []),
    queryFn: ({ signal }) => gql<Found>(SEARCH, { text: asked, types: null }, signal),
    enabled: asked.length > 1,
  });
  const rows = asked.length > 1 ? (found.data?.search.nodes ?? []) : [];
  const open = text.trim().length > 1 && (rows.length > 0 || found.isSuccess);

  function choose(id: string | undefined): void {
    if (!id) return;
    setText('');
    setAt(0);
    onChoose(id);
  }

  function keyed(event: KeyboardEvent<HTMLInputElement>): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((before) => (before + step + rows.length) % Math.max(1, rows.length));
    else if (event.key === 'Enter') choose(rows[at]?.id);
    else if (event.key === 'Escape' && text) setText('');
    else if (event.key === 'Escape') event.currentTarget.blur();
    else return;
    event.preventDefault();
  }

  return (
    <div className="graph-finder" data-large={large || undefined}>
      <TextInput
        value={text}
        size={large ? 'md' : 'sm'}
        leftSection={<IconSearch size={16} />}
        placeholder={label}
        aria-label={label}
        role="combobox"
        aria-expanded={open}
        aria-controls={list}
        aria-activedescendant={open && rows[at] ? `${list}-${at}` : undefined}
        autoComplete="off"
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={keyed}
        onBlur={() => setTimeout(() => setText(''), 200)}
      />
      <ul id={list} role="listbox" aria-label={label} className="graph-found" hidden={!open}>
        {rows.map(({ id, displayName, __typename }, place) => (
          <li key={id} id={`${list}-${place}`} role="option" aria-selected={place === at} onPointerDown={() => choose(id)}>
            <TypeSign type={__typename} />
            <span className="cut" dir="auto">{displayName}</span>
            <small>{nameOf(__typename)}</small>
          </li>
        ))}
        {open && !rows.length && <li role="option" aria-selected="false" aria-disabled="true">{t('explorer:find.none')}</li>}
      </ul>
    </div>
  );
}
