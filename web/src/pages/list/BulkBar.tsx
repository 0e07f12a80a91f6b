import { ActionIcon, Button, NativeSelect, Popover } from '@mantine/core';
import { IconTrash, IconX } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { gql } from '@/api/gql';
import { useFormat, useSettings } from '@/lib/useSettings';
import { pageQuery } from '@/meta/compose';
import { isKnown, kindOf } from '@/meta/kinds';
import { heading, type EntityType } from '@/meta/model';
import type { Page } from '@/meta/useUpdate';
import { tell } from '@/ui/toasts';
import { useNeedsLine } from '@/ui/useNeedsLine';
import type { Asked } from './useAsked';
import { useBulk } from './useBulk';
import type { Chosen, Selection } from './useSelection';

/** The most that one change may hold. */
const MOST = 10_000;
const PAGE = 1000;

interface Props {
  asked: Asked;
  selection: Selection;
  count: number;
}

/** What can be done with the chosen records, while some are chosen. */
export function BulkBar({ asked, selection, count }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = [...selection.chosen.values()];
  const bulk = useBulk(asked.type, selection.clear);
  const [open, setOpen] = useState(false);
  const needs = useNeedsLine();
  if (!rows.length) return null;
  return (
    <div className="bulk-bar no-print" role="toolbar" aria-label={t('list:bulk.tools')}>
      <b className="num" aria-live="polite">{t('list:bulk.chosen', { count: rows.length, number: format.number(rows.length) })}</b>
      {rows.length < count && count <= MOST && (
        <Button size="compact-sm" variant="subtle" onClick={() => void every(asked).then(selection.set)}>
          {t('list:bulk.all', { number: format.number(count) })}
        </Button>
      )}
      <Popover opened={open} onChange={setOpen} withinPortal trapFocus shadow="md" width={290} position="top">
        <Popover.Target>
          <Button {...needs} size="compact-sm" variant="default" loading={bulk.isPending} onClick={() => setOpen(!open)}>{t('list:bulk.change')}</Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('list:bulk.change')}>
          <ChangeForm type={asked.type} apply={(data) => (setOpen(false), bulk.mutate({ rows, data }))} />
        </Popover.Dropdown>
      </Popover>
      <Button
        {...needs}
        size="compact-sm"
        variant="default"
        leftSection={<IconTrash size={15} />}
        disabled={bulk.isPending || needs.disabled}
        onClick={() => bulk.mutate({ rows, data: null })}
      >
        {t('list:bulk.delete')}
      </Button>
      {needs.disabled && <small className="muted" role="status">{t('list:bulk.away')}</small>}
      <ActionIcon variant="subtle" color="gray" size={28} aria-label={t('list:bulk.clear')} onClick={selection.clear}>
        <IconX size={16} />
      </ActionIcon>
    </div>
  );
}

function ChangeForm({ type, apply }: { type: EntityType; apply: (data: Record<string, unknown>) => void }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const fields = type.fields.filter((field) => isKnown(field) && !field.readOnly && !field.unique);
  const [name, setName] = useState(fields.find((field) => field.kind === 'choice')?.name ?? fields[0]?.name ?? '');
  const [value, setValue] = useState<unknown>(null);
  const field = fields.find((each) => each.name === name);
  if (!field) return null;
  const { Editor, sent } = kindOf(field);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const made = sent(value);
    if (field && made === undefined) tell(t('errors:no_value', { field: heading(field, language) }));
    else apply({ [name]: made });
  }

  return (
    <form className="condition" onSubmit={submit}>
      <NativeSelect
        size="sm"
        label={t('list:filter.field')}
        value={name}
        data={fields.map((each) => ({ value: each.name, label: heading(each, language) }))}
        onChange={(event) => {
          setName(event.currentTarget.value);
          setValue(null);
        }}
      />
      <Editor key={name} field={{ ...field, required: false }} value={value} onChange={setValue} label={t('list:bulk.value')} name={t('list:bulk.value')} />
      <Button type="submit" size="sm">{t('list:bulk.apply')}</Button>
    </form>
  );
}

/** All records that the list asks for, as far as one change may hold them. */
async function every({ type, where, text, order }: Asked): Promise<Chosen[]> {
  const rows: Chosen[] = [];
  let after: string | null = null;
  do {
    const { page }: Page = await gql<Page>(pageQuery(type, []), { where, text, order, first: PAGE, after });
    rows.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after && rows.length < MOST);
  return rows;
}
