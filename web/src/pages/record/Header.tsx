import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconHistory, IconPencil, IconTrash } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { kindOf } from '@/meta/kinds';
import { heading, type EntityType } from '@/meta/model';
import { Badge } from '@/ui/Badge';
import { DateField } from '@/ui/DateField';
import { Pill } from '@/ui/Pill';
import type { PartProps } from './Record';
import { useDelete } from './useDelete';
import type { View } from './view';

/** Who or what it is, the facts that say most, and what can be done. */
export function Header({ view, type, asOf }: PartProps) {
  const { language } = useSettings();
  const { record } = view;
  return (
    <>
      <header className="record-head">
        <Badge text={record.title} seed={record.id} size={52} />
        <div className="record-name">
          <div className="record-title">
            <h1 dir="auto">{record.title}</h1>
            <Pill tone="line" dot={type.color}>
              {heading(type.label, language)}
            </Pill>
          </div>
          <Facts view={view} type={type} />
        </div>
        <Acts view={view} type={type} asOf={asOf} />
      </header>
      {asOf && <Past asOf={asOf} />}
    </>
  );
}

function Facts({ view, type }: { view: View; type: EntityType }) {
  const { language } = useSettings();
  const fields = type.fields.filter((field) => view.headline.includes(field.name) && view.record.values[field.name] != null);
  return (
    <div className="record-facts">
      {fields.slice(0, 5).map((field) => {
        const { Cell } = kindOf(field);
        return (
          <span key={field.name}>
            <small>{heading(field, language)}</small> <Cell value={view.record.values[field.name]} field={field} />
          </span>
        );
      })}
    </div>
  );
}

function Acts({ view, type, asOf }: PartProps) {
  const { t } = useTranslation();
  const go = useNavigate({ from: '/r/$id' });
  const remove = useDelete(type);
  const { id } = view.record;
  return (
    <div className="record-acts no-print">
      <DateField
        value={asOf || null}
        ariaLabel={t('record:asOf.label')}
        placeholder={t('record:asOf.short')}
        width={150}
        onChange={(day) => void go({ search: (before) => ({ ...before, asOf: day ?? '' }), replace: false })}
      />
      <Button
        size="sm"
        leftSection={<IconPencil size={16} />}
        disabled={Boolean(asOf)}
        renderRoot={(props) => <Link to="/r/$id/edit" params={{ id }} {...props} />}
      >
        {t('record:edit')}
      </Button>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('record:more')}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            disabled={Boolean(asOf)}
            leftSection={<IconTrash size={16} />}
            onClick={() => remove.mutate({ id, version: Number(view.record.values.version) })}
          >
            {t('record:delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

/** Nobody takes the past for the present. */
function Past({ asOf }: { asOf: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const go = useNavigate({ from: '/r/$id' });
  return (
    <div className="past" role="status">
      <IconHistory size={17} aria-hidden="true" />
      <span>{t('record:asOf.says', { day: format.day(asOf, 'long') })}</span>
      <Button size="compact-sm" variant="default" onClick={() => void go({ search: (before) => ({ ...before, asOf: '' }) })}>
        {t('record:asOf.now')}
      </Button>
    </div>
  );
}
