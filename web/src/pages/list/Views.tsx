import { Button, Menu, Popover, TextInput, Checkbox } from '@mantine/core';
import { IconBookmark, IconCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { accepted, asFailure, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { PLAIN, type ListChange, type ListSearch } from '@/app/listSearch';
import { useModel, type EntityType, type Field } from '@/meta/model';
import { Fault, useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import { EVERY, inWords } from './inWords';

interface Saved {
  id: string;
  name: string;
  where: string;
  mine: boolean;
  look: Look | null;
}

/** How a view lays its records out; what is missing stays as the reader has it. */
interface Look extends Pick<ListSearch, 'sort' | 'view' | 'by' | 'until' | 'scale' | 'group'> {
  columns?: string[];
}

interface Props {
  type: EntityType;
  search: ListSearch;
  change: (part: ListChange) => void;
  fields: readonly Field[];
  choose: (names: string[]) => void;
}

const SAVED = 'query Views($type: String!) { savedQueries(type: $type) { id name where mine look parameters { name } problems { message } } }';
const SAVE = `mutation Save($input: SaveQueryInput!) {
  saveQuery(input: $input) { savedQuery { id } errors { code message path details } }
}`;
const DROP = 'mutation Drop($input: DeleteSavedQueryInput!) { deleteSavedQuery(input: $input) { errors { code message path details } } }';

type Told = { savedQueries: (Saved & { parameters: unknown[]; problems: unknown[] })[] };

/** Filters with a name: the reader's own and those that are shared. */
export function Views({ type, search, change, fields, choose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const words = useWords();
  const [saving, setSaving] = useState(false);
  const found = useQuery({
    queryKey: keys.views(type.name),
    queryFn: ({ signal }) => gql<Told>(SAVED, { type: type.name }, signal),
  });
  // one that asks for values, or does not fit the model any more, is no view
  const views = (found.data?.savedQueries ?? []).filter((each) => !each.parameters.length && !each.problems.length);
  const chosen = views.find((each) => each.id === search.saved);
  const isPlain = Object.keys(search).length === 0;

  async function drop(view: Saved): Promise<void> {
    try {
      accepted((await gql<{ deleteSavedQuery: { errors: Problem[] } }>(DROP, { input: { id: view.id } })).deleteSavedQuery);
      await client.invalidateQueries({ queryKey: keys.views(type.name) });
      change({ ...PLAIN });
    } catch (error) {
      tell(words(asFailure(error)));
    }
  }

  function show({ id, where, look }: Saved): void {
    const { columns, ...laid } = look ?? {};
    if (columns) choose(columns);
    change({ ...PLAIN, ...laid, saved: id, text: where === EVERY ? '' : where });
  }

  return (
    <Popover opened={saving} onChange={setSaving} withRoles={false} withinPortal trapFocus shadow="md" width={280} position="bottom-end">
      <Popover.Target>
        <span>
          <Menu withinPortal position="bottom-end">
            <Menu.Target>
              <Button className={chosen ? '' : 'list-short'} size="compact-md" variant="default" leftSection={<IconBookmark size={16} />} maw={220}>
                <span className="cut">{chosen?.name ?? t('list:views.title')}</span>
              </Button>
            </Menu.Target>
            <Menu.Dropdown miw={200}>
              <Menu.Item
                rightSection={!chosen && isPlain && <IconCheck size={15} />}
                onClick={() => change({ ...PLAIN })}
              >
                {t('list:views.all')}
              </Menu.Item>
              {views.map((view) => (
                <Menu.Item
                  key={view.id}
                  rightSection={view === chosen && <IconCheck size={15} />}
                  onClick={() => show(view)}
                >
                  <span dir="auto">{view.name}</span>
                </Menu.Item>
              ))}
              <Menu.Divider />
              <Menu.Item onClick={() => setSaving(true)}>
                {t('list:views.save')}
              </Menu.Item>
              {chosen?.mine && <Menu.Item onClick={() => void drop(chosen)}>{t('list:views.drop', { name: chosen.name })}</Menu.Item>}
            </Menu.Dropdown>
          </Menu>
        </span>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t('list:views.save')}>
        <SaveForm
          type={type}
          search={search}
          columns={fields.map((field) => field.name)}
          done={(view) => {
            setSaving(false);
            change({ saved: view });
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

interface SaveProps {
  type: EntityType;
  search: ListSearch;
  columns: string[];
  done: (id: string) => void;
}

function SaveForm({ type, search, columns, done }: SaveProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data: model } = useModel();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const saving = useMutation({
    mutationFn: async () => {
      const where = await inWords(type, search, model);
      const input = { name: name.trim(), type: type.name, where, shared, look: lookOf(search, columns) };
      const { saveQuery } = await gql<{ saveQuery: { savedQuery: { id: string } | null; errors: Problem[] } }>(SAVE, { input });
      return accepted(saveQuery).savedQuery!.id;
    },
    onSuccess: async (id) => {
      await client.invalidateQueries({ queryKey: keys.views(type.name) });
      tell(t('list:views.saved'));
      done(id);
    },
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    saving.mutate();
  }
  return (
    <form className="condition" onSubmit={submit}>
      {saving.isError && <Fault error={saving.error} />}
      <TextInput size="sm" required label={t('list:views.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <Checkbox size="xs" label={t('list:views.shared')} checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />
      <Button type="submit" size="sm" loading={saving.isPending} disabled={!name.trim()}>
        {t('app:save')}
      </Button>
    </form>
  );
}

function lookOf({ sort, view, by, until, scale, group }: ListSearch, columns: string[]): Look {
  const said = Object.entries({ sort, view, by, until, scale, group }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(said), columns };
}
