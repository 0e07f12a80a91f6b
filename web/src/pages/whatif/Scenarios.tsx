import { Button, Menu, Popover, TextInput } from '@mantine/core';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { accepted, asFailure, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { dropPage, restorePage } from '@/api/savedPages';
import { Fault, useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import { supposedIn, whatIfSearch, type WhatIfSearch } from './scenario';

interface Kept {
  id: string;
  name: string;
  mayChange: boolean;
  body: Record<string, unknown>;
}
type Told = { savedPages: Kept[] };

const SAVED = '{ savedPages(kind: SCENARIO) { id name mayChange body } }';
const SAVE = `mutation Save($input: SavePageInput!) {
  savePage(input: $input) { savedPage { id } errors { code message path details } }
}`;

/** Scenarios with a name: those that were kept, and this one to be kept. */
export function Scenarios({ search, change }: { search: WhatIfSearch; change: (next: WhatIfSearch) => void }) {
  const { t } = useTranslation();
  const [saving, setSaving] = useState(false);
  const kept = useQuery({ queryKey: keys.scenarios, queryFn: ({ signal }) => gql<Told>(SAVED, {}, signal) }).data?.savedPages ?? [];
  const forget = useForget();
  // the one that is open can be forgotten
  const open = kept.find(({ body, mayChange }) => mayChange && isSame(whatIfSearch(body), search));
  return (
    <Popover opened={saving} onChange={setSaving} withRoles={false} withinPortal trapFocus shadow="md" width={280} position="bottom-end">
      <Popover.Target>
        <span>
          <Menu withinPortal position="bottom-end">
            <Menu.Target>
              <Button size="compact-md" variant="default" leftSection={<IconBookmark size={16} />}>{t('whatif:kept.title')}</Button>
            </Menu.Target>
            <Menu.Dropdown miw={200}>
              {kept.map(({ id, name, body }) => (
                <Menu.Item key={id} onClick={() => change(whatIfSearch(body))}><span dir="auto">{name}</span></Menu.Item>
              ))}
              {kept.length > 0 && <Menu.Divider />}
              <Menu.Item onClick={() => (supposedIn(search).length ? setSaving(true) : tell(t('whatif:kept.first')))}>{t('whatif:kept.keep')}</Menu.Item>
              {open && <Menu.Item leftSection={<IconTrash size={15} />} onClick={() => void forget(open.id)}>{t('whatif:kept.drop', { name: `\u2068${open.name}\u2069` })}</Menu.Item>}
            </Menu.Dropdown>
          </Menu>
        </span>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t('whatif:kept.keep')}>
        <Keep search={search} done={() => setSaving(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

const isSame = (one: WhatIfSearch, other: WhatIfSearch): boolean => JSON.stringify(whatIfSearch({ ...one })) === JSON.stringify(whatIfSearch({ ...other }));

/** Forgets a scenario, with the way back. */
function useForget(): (id: string) => Promise<void> {
  const { t } = useTranslation();
  const client = useQueryClient();
  const words = useWords();
  const again = (): void => void client.invalidateQueries({ queryKey: keys.scenarios });
  const refused = (error: unknown): void => tell(words(asFailure(error)));
  return async (id) => {
    try {
      await dropPage(id);
      again();
      tell(t('whatif:kept.dropped'), { label: t('app:undo'), run: () => void restorePage(id).then(again, refused) });
    } catch (error) {
      refused(error);
    }
  };
}

function Keep({ search, done }: { search: WhatIfSearch; done: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const keeping = useMutation({
    mutationFn: async () => {
      const input = { kind: 'SCENARIO', name: name.trim(), body: search };
      const { savePage } = await gql<{ savePage: { errors: Problem[] } }>(SAVE, { input });
      accepted(savePage);
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.scenarios });
      tell(t('app:saved'));
      done();
    },
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    keeping.mutate();
  }
  return (
    <form className="suppose-link" onSubmit={submit}>
      {keeping.isError && <Fault error={keeping.error} />}
      <TextInput size="sm" required label={t('whatif:kept.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <Button type="submit" size="sm" loading={keeping.isPending} disabled={!name.trim()}>{t('app:save')}</Button>
    </form>
  );
}
