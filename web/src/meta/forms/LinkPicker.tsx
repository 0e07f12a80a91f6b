import { ActionIcon, Popover, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { SEARCH, type Found } from '@/meta/search';
import type { Side } from '@/meta/model';
import { Badge } from '@/ui/Badge';
import type { Picked } from './draft';

interface Props {
  side: Side;
  label: string;
  picked: readonly Picked[];
  onChange: (picked: Picked[]) => void;
}

/** Records to link, found by a few letters of theirs. */
export function LinkPicker({ side, label, picked, onChange }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const asked = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: keys.search(asked, side.types),
    queryFn: ({ signal }) => gql<Found>(SEARCH, { text: asked, types: side.types }, signal),
    enabled: asked.length > 1,
    placeholderData: keepPreviousData,
  });
  const chosen = new Set(picked.map(({ id }) => id));
  const offered = asked.length > 1 ? (found.data?.search.nodes ?? []).filter(({ id }) => !chosen.has(id)) : [];
  const full = side.most !== null && picked.length >= side.most;

  function add(node: { id: string; displayName: string }): void {
    onChange([...picked, { id: node.id, title: node.displayName }]);
    setText('');
  }

  return (
    <div className="form-field">
      <Popover withRoles={false} opened={offered.length > 0} onChange={(open) => !open && setText('')} width="target" withinPortal shadow="md" position="bottom-start">
        <Popover.Target>
          <TextInput
            size="sm"
            label={label}
            placeholder={t('form:find')}
            disabled={full}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </Popover.Target>
        <Popover.Dropdown p={4} aria-label={label}>
          {offered.map((node) => (
            <button key={node.id} type="button" className="pick" onClick={() => add(node)}>
              <Badge text={node.displayName} seed={node.id} size={22} />
              <span className="cut" dir="auto">{node.displayName}</span>
            </button>
          ))}
        </Popover.Dropdown>
      </Popover>
      {picked.map(({ id, title }) => (
        <span key={id} className="picked">
          <Badge text={title} seed={id} size={20} />
          <span className="cut" dir="auto">{title}</span>
          <ActionIcon size={22} variant="subtle" color="gray" aria-label={t('form:unpick', { name: title })} onClick={() => onChange(picked.filter((each) => each.id !== id))}>
            <IconX size={13} />
          </ActionIcon>
        </span>
      ))}
    </div>
  );
}
