import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconColumns3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { heading, type EntityType, type Field } from '@/meta/model';
import { columnFields } from './useChosenFields';

interface Props {
  type: EntityType;
  fields: readonly Field[];
  choose: (names: string[]) => void;
}

/** Which fields stand in columns, and in which order. */
export function FieldChooser({ type, fields, choose }: Props) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const names = fields.map((field) => field.name);
  const others = columnFields(type).filter((field) => !names.includes(field.name));
  const move = (place: number, by: number) => {
    const next = [...names];
    next.splice(place + by, 0, ...next.splice(place, 1));
    choose(next);
  };
  return (
    <Popover position="bottom-end" withinPortal trapFocus shadow="md" width={290}>
      <Popover.Target>
        <Button size="compact-md" variant="default" className="list-fields" leftSection={<IconColumns3 size={16} />}>
          {t('list:fields')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="field-chooser" aria-label={t('list:fields')}>
        {fields.map((field, place) => {
          const label = heading(field, language);
          return (
            <div key={field.name} className="field-choice">
              <Checkbox size="xs" checked label={label} onChange={() => choose(names.filter((name) => name !== field.name))} />
              <ActionIcon size={28} variant="subtle" color="gray" disabled={place === 0} aria-label={t('list:earlier', { field: label })} onClick={() => move(place, -1)}>
                <IconChevronUp size={15} />
              </ActionIcon>
              <ActionIcon size={28} variant="subtle" color="gray" disabled={place === fields.length - 1} aria-label={t('list:later', { field: label })} onClick={() => move(place, 1)}>
                <IconChevronDown size={15} />
              </ActionIcon>
            </div>
          );
        })}
        {others.map((field) => (
          <div key={field.name} className="field-choice">
            <Checkbox size="xs" checked={false} label={heading(field, language)} onChange={() => choose([...names, field.name])} />
          </div>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
