import { ActionIcon, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asFailure } from '@/api/failures';
import type { ListSearch } from '@/app/listSearch';
import { useSettings } from '@/lib/useSettings';
import { heading, useModel } from '@/meta/model';
import { useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import { useNeedsLine } from '@/ui/useNeedsLine';
import { streamAddress } from './exporting';
import { inWords } from './inWords';
import type { Asked } from './useAsked';

interface Props {
  asked: Asked;
  search: ListSearch;
  count: number;
}

/** The whole list as a file: row by row from the server's stream, or as a spreadsheet made here. */
export function Export({ asked, search, count }: Props) {
  const { t } = useTranslation();
  const reader = useSettings();
  const { data: model } = useModel();
  const words = useWords();
  const needs = useNeedsLine();
  const [busy, setBusy] = useState(false);
  const { type } = asked;

  async function stream(format: 'csv' | 'ndjson'): Promise<void> {
    const where = search.filter?.length || search.text ? await inWords(type, search, model) : '';
    const link = document.createElement('a');
    link.href = streamAddress(asked, where, format, reader.language);
    link.download = `${type.many}.${format}`;
    link.click();
  }

  async function sheet(): Promise<void> {
    const { asSheet } = await import('./sheet');
    const kept = await asSheet(asked, heading(type.labels, reader.language), reader);
    if (kept < count) tell(t('list:export.cut', { count: kept, number: String(kept) }));
  }

  async function run(act: () => Promise<void>): Promise<void> {
    setBusy(true);
    try {
      await act();
    } catch (error) {
      tell(words(asFailure(error)));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Menu withinPortal position="bottom-end">
      <Menu.Target>
        <ActionIcon {...needs} variant="default" size={30} className="list-export" loading={busy} disabled={count < 1 || needs.disabled} aria-label={t('list:export.title')}>
          <IconDownload size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void run(() => stream('csv'))}>{t('list:export.csv')}</Menu.Item>
        <Menu.Item onClick={() => void run(sheet)}>{t('list:export.sheet')}</Menu.Item>
        <Menu.Item onClick={() => void run(() => stream('ndjson'))}>{t('list:export.ndjson')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
