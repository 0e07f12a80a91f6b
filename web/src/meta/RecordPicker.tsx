import { ActionIcon, Combobox, TextInput, useCombobox } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useLayoutEffect, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { SEARCH, type Found } from '@/meta/search';
import { useSettings } from '@/lib/useSettings';
import { heading, typeNamed, useModel } from '@/meta/model';
import { signOf } from '@/ui/signs';
import { useCard } from './useCard';

interface Props {
  label: string;
  /** The id of the record that is picked; empty for none. */
  value: string;
  onChange: (id: string) => void;
  /** Only records of these types; of all, when left out. */
  types?: readonly string[];
  autoFocus?: boolean;
}

const NONE: readonly string[] = [];

/** One record of any type, found by a few letters of its name. */
export function RecordPicker({ label, value, onChange, types = NONE, autoFocus = false }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const list = useCombobox({ onDropdownClose: () => list.resetSelectedOption() });
  const [text, setText] = useState<string | null>(null);
  const card = useCard(value).data;
  const asked = useDeferredValue((text ?? '').trim());
  const found = useQuery({
    queryKey: keys.search(asked, types),
    queryFn: ({ signal }) => gql<Found>(SEARCH, { text: asked, types: types.length ? types : null }, signal),
    enabled: asked.length > 1,
    placeholderData: keepPreviousData,
  });
  const offered = asked.length > 1 ? (found.data?.search.nodes ?? []) : [];

  const first = offered[0]?.id;
  // what comes after the letters were typed is at hand for Enter as soon as it is seen
  useLayoutEffect(() => {
    if (first && text !== null) list.selectFirstOption();
  }, [first]);

  function pick(id: string): void {
    const node = offered.find((each) => each.id === id);
    if (node) client.setQueryData(keys.card(id), { id, type: node.__typename, title: node.displayName });
    setText(null);
    list.closeDropdown();
    onChange(id);
  }

  function type(typed: string): void {
    setText(typed);
    list.openDropdown();
  }

  /** Enter takes the first where none is marked; Escape drops what was typed, once more gives the page its keys back, where no dialog waits for it. */
  function press(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Enter' && first && text?.trim() === asked && !found.isPlaceholderData && list.getSelectedOptionIndex() < 0) {
      event.preventDefault();
      pick(first);
    }
    if (event.key !== 'Escape') return;
    if (text !== null) setText(null);
    else if (!event.currentTarget.closest('[role=dialog]')) event.currentTarget.blur();
  }

  const clear = value && (
    <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('app:pick.clear', { name: card?.title ?? '' })} onClick={() => onChange('')}>
      <IconX size={15} />
    </ActionIcon>
  );
  return (
    <Combobox store={list} onOptionSubmit={pick} withinPortal shadow="md" position="bottom-start" offset={4}>
      <Combobox.Target>
        <TextInput
          size="sm"
          label={label}
          placeholder={t('app:pick.find')}
          autoFocus={autoFocus}
          autoComplete="off"
          value={text ?? card?.title ?? ''}
          classNames={{ input: 'either-way' }}
          leftSection={<Sign type={text === null ? card?.type : undefined} />}
          rightSection={clear || undefined}
          onChange={(event) => type(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
          onKeyDown={press}
          onBlur={() => {
            setText(null);
            list.closeDropdown();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={asked.length < 2}>
        <Combobox.Options mah={320} style={{ overflowY: 'auto' }} aria-label={label}>
          {offered.map((node) => (
            <Combobox.Option key={node.id} value={node.id}>
              <Offer type={node.__typename} title={node.displayName} />
            </Combobox.Option>
          ))}
          {!offered.length && <Combobox.Empty>{found.isFetching ? t('app:find.looking') : t('app:find.nothing')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** The icon of a type in its colour; a glass while it is not known. */
function Sign({ type }: { type: string | undefined }) {
  const { data: model } = useModel();
  const known = typeNamed(model, type ?? '');
  const Icon = known ? signOf(known.icon) : IconSearch;
  return <Icon size={16} stroke={1.7} aria-hidden="true" style={known && { color: known.color }} />;
}

function Offer({ type, title }: { type: string; title: string }) {
  const { language } = useSettings();
  const { data: model } = useModel();
  const known = typeNamed(model, type);
  return (
    <span className="offer">
      <Sign type={type} />
      <span className="cut grow" dir="auto">{title}</span>
      <small>{known && heading(known.label, language)}</small>
    </span>
  );
}
