import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconHistory, IconLink, IconPencil, IconPrinter, IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { kindOf } from '@/meta/kinds';
import { heading, type EntityType } from '@/meta/model';
import { Badge } from '@/ui/Badge';
import { Pill } from '@/ui/Pill';
import { useCopy } from '@/ui/useCopy';
import { useNeedsLine } from '@/ui/useNeedsLine';
import { LogMenu } from './LogMenu';
import type { PartProps } from './Record';
import { useDelete } from './useDelete';
import type { View } from '@/meta/view360';

/** Who or what it is, the facts that say most, and what can be done. */
export function Header({ view, type, closed, fresh, onPast }: PartProps & { onPast: () => void }) {
  const { language } = useSettings();
  const { record } = view;
  return (
    <header className="record-head">
      <Badge text={record.title} seed={record.id} size={52} />
      <div className="record-name">
        <div className="record-title">
          <h1 dir="auto">{record.title}</h1>
          <Pill tone="line" dot={type.color}>
            {heading(type.label, language)}
          </Pill>
        </div>
        <Facts view={view} type={type} fresh={fresh} />
      </div>
      <Acts view={view} type={type} closed={closed} onPast={onPast} />
    </header>
  );
}

function Facts({ view, type, fresh }: Pick<PartProps, 'view' | 'type' | 'fresh'>) {
  const { language } = useSettings();
  const fields = type.fields.filter((field) => view.headline.includes(field.name) && view.record.values[field.name] != null);
  return (
    <div className="record-facts">
      {fields.slice(0, 5).map((field) => {
        const { Cell } = kindOf(field);
        return (
          <span key={field.name} data-fresh={fresh.has(field.name) || undefined}>
            <small>{heading(field, language)}</small> <Cell value={view.record.values[field.name]} field={field} />
          </span>
        );
      })}
    </div>
  );
}

interface ActsProps {
  view: View;
  type: EntityType;
  closed: boolean;
  onPast: () => void;
}

function Acts({ view, type, closed, onPast }: ActsProps) {
  const { t } = useTranslation();
  const needs = useNeedsLine();
  const { id } = view.record;
  const whatIf = needs.disabled ? {} : { renderRoot: (props: object) => <Link to="/what-if" search={{ remove: [id] }} {...props} /> };
  return (
    <div className="record-acts no-print">
      {!closed && (
        <Button size="sm" variant="default" leftSection={<IconPencil size={16} />} renderRoot={(props) => <Link to="/r/$id/edit" params={{ id }} {...props} />}>
          {t('record:edit')}
        </Button>
      )}
      {!closed && <Button size="sm" variant="default" {...needs} {...whatIf}>{t('record:whatIf')}</Button>}
      <LogMenu />
      <More view={view} type={type} closed={closed} onPast={onPast} />
    </div>
  );
}

function More({ view, type, closed, onPast }: ActsProps) {
  const { t } = useTranslation();
  const remove = useDelete(type);
  const needs = useNeedsLine();
  const { id, values } = view.record;
  const copy = useCopy();

  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={t('record:more')}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {needs.disabled && <Menu.Label aria-hidden="true">{t('record:away')}</Menu.Label>}
        <Menu.Item {...needs} leftSection={<IconHistory size={16} />} onClick={onPast}>{t('record:asOf.label')}</Menu.Item>
        <Menu.Item leftSection={<IconLink size={16} />} onClick={() => copy(location.href, t('record:copied'))}>{t('record:copy')}</Menu.Item>
        <Menu.Item leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>{t('record:print')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item {...needs} disabled={closed || needs.disabled} leftSection={<IconTrash size={16} />} onClick={() => remove.mutate({ id, version: Number(values.version) })}>
          {t('record:delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
