import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asFailure, Failure, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { Missing } from '@/app/Pages';
import { recordQuery, updateMutation } from '@/meta/compose';
import { typeNamed, useModel, type EntityType } from '@/meta/model';
import type { Row } from '@/meta/rows';
import { useUndo } from '@/meta/useUndo';
import { Fault, useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import { byField, changed, type Values } from '@/meta/forms/draft';
import { editable, Form } from './Form';

interface Done {
  done: { record: Row | null; changeSet: string | null; errors: Problem[] };
}

const TYPE = 'query TypeOf($id: ID!) { record(id: $id) { __typename version } }';

/** The record that the address names, to be changed. */
export default function Edit() {
  const { id } = useParams({ from: '/r/$id/edit' });
  const model = useModel();
  const found = useQuery({
    queryKey: [...keys.record(id), 'type'],
    queryFn: async ({ signal }) => (await gql<{ record: { __typename: string; version: number } | null }>(TYPE, { id }, signal)).record,
    staleTime: 0,
  });
  if (found.isError) return <Fault error={found.error} again={() => void found.refetch()} />;
  if (!model.data || found.isPending) return null;
  const type = typeNamed(model.data, found.data?.__typename ?? '');
  return type ? <Loaded type={type} id={id} /> : <Missing />;
}

function Loaded({ type, id }: { type: EntityType; id: string }) {
  const fields = editable(type.fields);
  const found = useQuery({
    queryKey: [...keys.record(id), 'form', fields.map((field) => field.name)],
    queryFn: async ({ signal }) => (await gql<{ record: Row | null }>(recordQuery(type, fields), { id }, signal)).record,
    staleTime: 0,
    gcTime: 0,
  });
  if (found.isError) return <Fault error={found.error} again={() => void found.refetch()} />;
  if (found.isPending) return null;
  return found.data ? <Editing type={type} found={found.data} /> : <Missing />;
}

/** The form keeps what it began with: changes of others show when saving, not under the fingers. */
function Editing({ type, found }: { type: EntityType; found: Row }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const go = useNavigate();
  const words = useWords();
  const undo = useUndo();
  const fields = editable(type.fields);
  const [before, setBefore] = useState<Row>(found);
  const [values, setValues] = useState<Values>(found);
  const [wrong, setWrong] = useState<readonly string[]>([]);

  const saving = useMutation({
    mutationFn: async (data: Values) => {
      const input = { id: before.id, version: before.version, data };
      const { done } = await gql<Done>(updateMutation(type, fields), { input });
      const first = done.errors[0];
      if (first) throw new Failure(first.code, first.message, '', done.errors);
      return done.changeSet;
    },
    onSuccess: async (changeSet) => {
      void client.invalidateQueries({ queryKey: keys.recordsOf(type.name) });
      await go({ to: '/r/$id', params: { id: before.id }, replace: true });
      void client.invalidateQueries({ queryKey: keys.record(before.id) });
      if (changeSet) tell(t('app:saved'), { label: t('app:undo'), run: () => void undo(changeSet) });
    },
  });

  function save(): void {
    const { data, wrong: noValues } = changed(fields, values, before);
    setWrong(noValues);
    if (noValues.length) return;
    if (Object.keys(data).length) saving.mutate(data);
    else void go({ to: '/r/$id', params: { id: before.id }, replace: true });
  }

  const failure = saving.isError ? asFailure(saving.error) : null;
  const conflict = failure?.code === 'version_conflict';
  const problems = new Map<string, string[]>(wrong.map((name) => [name, [t('form:no_value')]]));
  if (failure && !conflict && !wrong.length) {
    for (const [name, told] of failure.problems.length ? byField(failure.problems, fields) : [['', [words(failure)]] as const]) {
      problems.set(name, [...told]);
    }
  }

  /** Their version becomes what is compared with; what was typed here stays. */
  async function takeOver(): Promise<void> {
    const { record } = await gql<{ record: Row | null }>(recordQuery(type, fields), { id: before.id });
    if (!record) return;
    setValues((mine) => Object.fromEntries(fields.map(({ name }) => [name, same(mine[name], before[name]) ? record[name] : mine[name]])));
    setBefore(record);
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
      onSave={save}
    >
      {conflict && (
        <div className="fault" role="alert">
          <b>{t('form:conflict.title')}</b>
          <span>{t('form:conflict.says')}</span>
          <Button size="compact-sm" variant="default" onClick={() => void takeOver()}>
            {t('form:conflict.take')}
          </Button>
        </div>
      )}
    </Form>
  );
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
