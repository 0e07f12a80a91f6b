import { Button, Checkbox, Input, Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, relationNamed, useModel } from './model';

interface Props {
  label: string;
  /** Names of relations; none stands for all. */
  value: readonly string[];
  onChange: (relations: string[]) => void;
}

/** Which relations count. */
export function RelationChooser({ label, value, onChange }: Props) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const { data: model } = useModel();
  const only = value.length === 1 ? relationNamed(model, value[0] ?? '') : undefined;
  const number = format.number(value.length);
  const words = only ? heading(only, language) : value.length ? t('app:relations.some', { count: value.length, number }) : t('app:relations.all');
  const toggle = (name: string) => onChange(value.includes(name) ? value.filter((each) => each !== name) : [...value, name]);
  return (
    <Input.Wrapper label={label} size="sm" labelElement="div">
      <Popover withRoles={false} withinPortal trapFocus shadow="md" position="bottom-start" width={260}>
        <Popover.Target>
          <Button variant="default" size="sm" fullWidth justify="space-between" fw={400} fz="var(--mantine-font-size-sm)" px={11} rightSection={<IconChevronDown size={15} />} aria-label={`${label}: ${words}`}>
            <span className="cut">{words}</span>
          </Button>
        </Popover.Target>
        <Popover.Dropdown role="dialog" aria-label={label} className="relations-offered">
          <Checkbox size="xs" label={t('app:relations.all')} checked={!value.length} onChange={() => onChange([])} />
          {model?.relations.map((relation) => (
            <Checkbox
              key={relation.name}
              size="xs"
              label={heading(relation, language)}
              checked={value.includes(relation.name)}
              onChange={() => toggle(relation.name)}
            />
          ))}
        </Popover.Dropdown>
      </Popover>
    </Input.Wrapper>
  );
}
