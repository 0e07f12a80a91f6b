import { ActionIcon, Popover, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useSettings } from '@/lib/useSettings';
import { namingField, typeNamed, useModel, type EntityType, type Side } from '@/meta/model';
import { SEARCH, type Found } from '@/meta/search';
import { Badge } from '@/ui/Badge';
import type { Made, Picked } from './draft';
import { NewRecord } from './NewRecord';
import type { Problems } from './problems';
import './forms.css';

interface Props {
  side: Side;
  label: string;
  picked: readonly Picked[];
  onChange: (picked: Picked[]) => void;
  made: readonly Made[];
  onMake: (made: Made[]) => void;
  problems: Problems;
  autoFocus?: boolean;
}

const LEAST = 2;

/** Records to link, found by a few letters of theirs, or made on the spot. */
export function LinkPicker({ side, label, picked, onChange, made, onMake, problems, autoFocus = false }: Props) {
  const { t } = useTranslation();
  const { data: model } = useModel();
  const [text, setText] = useState('');
  const asked = useDeferredValue(text.trim());
  const { found, waits } = useFound(asked, side);
  const full = side.most !== null && picked.length + made.length >= side.most;
  const chosen = new Set(picked.map(({ id }) => id));
  const offered = found.filter(({ id }) => !chosen.has(id));
  const makeable = side.types.flatMap((name) => typeNamed(model, name) ?? []);

  function add(node: { id: string; displayName: string }): void {
    onChange([...picked, { id: node.id, title: node.displayName }]);
    setText('');
  }

  function make(type: EntityType): void {
    const naming = namingField(type);
    onMake([...made, { type, values: naming ? { [naming.name]: text.trim() } : {} }]);
    setText('');
  }

  /** Enter takes what is offered first, and never saves a form in which a name is still being sought. */
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || !text.trim()) return;
    event.preventDefault();
    const [node] = offered;
    const [type] = makeable;
    if (node) add(node);
    else if (type && !waits && asked.length >= LEAST) make(type);
  }

  return (
    <div className="form-field" data-wide={made.length > 0 || undefined}>
      <Popover withRoles={false} opened={asked.length >= LEAST && !full} onChange={(open) => !open && setText('')} width="target" withinPortal shadow="md" position="bottom-start">
        <Popover.Target>
          <TextInput
            size="sm"
            label={label}
            placeholder={full ? t('form:full') : t('form:find')}
            disabled={full}
            data-autofocus={autoFocus || undefined}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
        </Popover.Target>
        <Popover.Dropdown p={4} aria-label={label}>
          {offered.map((node) => (
            <button key={node.id} type="button" className="pick" onClick={() => add(node)}>
              <Badge text={node.displayName} seed={node.id} size={22} />
              <span className="cut" dir="auto">{node.displayName}</span>
            </button>
          ))}
          {makeable.map((type) => <Make key={type.name} type={type} text={text.trim()} onMake={() => make(type)} />)}
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
      {made.map((each, place) => (
        <NewRecord
          key={place}
          side={side.name}
          place={place}
          made={each}
          problems={problems}
          onChange={(values) => onMake(made.map((had, at) => (at === place ? { ...had, values } : had)))}
          onRemove={() => onMake(made.filter((_, at) => at !== place))}
        />
      ))}
    </div>
  );
}

function useFound(asked: string, side: Side): { found: Found['search']['nodes']; waits: boolean } {
  const answer = useQuery({
    queryKey: keys.search(asked, side.types),
    queryFn: ({ signal }) => gql<Found>(SEARCH, { text: asked, types: side.types }, signal),
    enabled: asked.length >= LEAST,
    placeholderData: keepPreviousData,
  });
  const isAsked = asked.length >= LEAST;
  return { found: isAsked ? (answer.data?.search.nodes ?? []) : [], waits: isAsked && (answer.isFetching || answer.isPlaceholderData) };
}

function Make({ type, text, onMake }: { type: EntityType; text: string; onMake: () => void }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  return (
    <button type="button" className="pick" onClick={onMake}>
      <IconPlus size={16} aria-hidden="true" />
      <span className="cut">{t('form:make', { type: type.label[language], name: text })}</span>
    </button>
  );
}
