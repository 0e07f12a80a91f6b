import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asFailure } from '@/api/failures';
import { gql } from '@/api/gql';
import { recordQuery } from '@/meta/compose';
import { asked } from '@/meta/forms/asked';
import { editable } from '@/meta/forms/brief';
import { changed, type Values } from '@/meta/forms/draft';
import { useProblems } from '@/meta/forms/problems';
import type { EntityType } from '@/meta/model';
import { OthersHere } from '@/meta/OthersHere';
import type { Row } from '@/meta/rows';
import { useOthers } from '@/meta/useOthers';
import { Conflict } from '@/meta/forms/Conflict';
import { Form } from './Form';
import { meetings, settled, type Choice } from '@/meta/forms/meeting';
import { Restored } from './Restored';
import { useDraft } from './useDraft';
import { useSave } from './useSave';

/** What is kept of an edit: the values that were changed, and what they were made from. */
interface Held {
  version: number;
  before: Values;
  values: Values;
}

/** The form keeps what it began with: changes of others are told, and meet what is typed here field by field. */
export function Editing({ type, found }: { type: EntityType; found: Row }) {
  const { t } = useTranslation();
  const go = useNavigate();
  const every = editable(type.fields);
  const [before, setBefore] = useState<Row>(found);
  const [values, setValues] = useState<Values>(found);
  const fields = asked(every, values, before);
  const [theirs, setTheirs] = useState<Row | null>(null);
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const doing = useOthers(found.id);
  const held = heldOf(values, before, every.map((field) => field.name));
  const draft = useDraft<Held>(found.id, held);
  const [restored, setRestored] = useState(false);
  if (draft.found && !restored) {
    setRestored(true);
    setValues({ ...found, ...draft.found.held.values });
    if (draft.found.held.version !== found.version) {
      setBefore({ ...found, ...draft.found.held.before, version: draft.found.held.version });
      setTheirs(found);
    }
  }

  const leave = () => go({ to: '/r/$id', params: { id: found.id }, replace: true });
  const saving = useSave(type, found.id, () => {
    draft.done();
    return leave();
  });
  const conflict = saving.isError && asFailure(saving.error).code === 'version_conflict';
  const problems = useProblems()(fields, wrong, conflict ? null : saving.error);

  async function save(): Promise<void> {
    const { data, wrong: noValues } = changed(fields, values, before);
    setWrong(noValues);
    if (noValues.length) return;
    if (!Object.keys(data).length) return void (draft.done(), leave());
    saving.mutate({ from: before, data }, { onError: (error) => void (asFailure(error).code === 'version_conflict' && look()) });
  }

  async function look(): Promise<void> {
    const { record } = await gql<{ record: Row | null }>(recordQuery(type, every), { id: found.id });
    if (record) setTheirs(record);
  }

  const met = theirs ? meetings(every, before, values, theirs) : [];
  function settle(chosen: ReadonlyMap<string, Choice>): void {
    if (!theirs) return;
    setValues(settled(values, met, chosen));
    setBefore(theirs);
    setTheirs(null);
    saving.reset();
  }

  return (
    <Form
      title={before.displayName}
      fields={fields}
      values={values}
      onChange={(name, value) => setValues((now) => ({ ...now, [name]: value }))}
      problems={problems}
      saving={saving.isPending}
      blocked={met.length > 0}
      onSave={() => void save()}
      above={
        <>
          {draft.found && <Restored at={draft.found.at} onAnew={() => (draft.forget(), setTheirs(null), setBefore(found), setValues(found))} />}
          <OthersHere doing={doing} type={type} />
          {doing && !theirs && (
            <Button size="compact-sm" variant="default" style={{ justifySelf: 'start' }} onClick={() => void look()}>{t('form:conflict.look')}</Button>
          )}
          {met.length > 0 && <Conflict met={met} onSettle={settle} />}
        </>
      }
    />
  );
}

/** What differs from what the form began with; null where nothing does. */
function heldOf(values: Values, before: Row, names: readonly string[]): Held | null {
  const touched = names.filter((name) => JSON.stringify(values[name] ?? null) !== JSON.stringify(before[name] ?? null));
  if (!touched.length) return null;
  const part = (of: Values): Values => Object.fromEntries(touched.map((name) => [name, of[name] ?? null]));
  return { version: before.version, before: part(before), values: part(values) };
}
