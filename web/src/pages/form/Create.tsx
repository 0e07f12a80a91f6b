import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asFailure, Failure, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { Missing } from '@/app/Pages';
import { useSettings } from '@/lib/useSettings';
import { createMutation } from '@/meta/compose';
import { heading, typeNamed, useModel, type EntityType } from '@/meta/model';
import { useUndo } from '@/meta/useUndo';
import { useWords } from '@/ui/Fault';
import { tell } from '@/ui/toasts';
import { byField, created, startOf, type Draft } from '@/meta/forms/draft';
import { editable, Form } from './Form';
import { LinkPicker } from '@/meta/forms/LinkPicker';

interface Done {
  done: { record: { id: string } | null; changeSet: string | null; errors: Problem[] };
}

/** A new record of the type that the address names. */
export default function Create() {
  const { type: name } = useParams({ from: '/t/$type/new' });
  const model = useModel();
  if (!model.data) return null;
  const type = typeNamed(model.data, name);
  return type ? <OfType key={name} type={type} /> : <Missing />;
}

function OfType({ type }: { type: EntityType }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const client = useQueryClient();
  const go = useNavigate();
  const words = useWords();
  const undo = useUndo();
  const fields = editable(type.fields);
  const [draft, setDraft] = useState<Draft>(() => startOf(fields));
  const [wrong, setWrong] = useState<readonly string[]>([]);

  const saving = useMutation({
    mutationFn: async (data: Draft['values']) => {
      const { done } = await gql<Done>(createMutation(type), { input: { data } });
      const first = done.errors[0];
      if (first || !done.record) throw new Failure(first?.code ?? 'unexpected', first?.message ?? '', '', done.errors);
      return { id: done.record.id, changeSet: done.changeSet };
    },
    onSuccess: async ({ id, changeSet }) => {
      void client.invalidateQueries({ queryKey: keys.recordsOf(type.name) });
      void client.invalidateQueries({ queryKey: keys.counts });
      await go({ to: '/r/$id', params: { id }, replace: true });
      if (changeSet) tell(t('app:saved'), { label: t('app:undo'), run: () => void undo(changeSet) });
    },
  });

  function save(): void {
    const { data, wrong: found } = created(fields, draft, type.relations);
    setWrong(found);
    if (!found.length) saving.mutate(data);
  }

  const problems = new Map<string, string[]>(wrong.map((name) => [name, [t('form:no_value')]]));
  if (saving.isError && !wrong.length) {
    const failure = asFailure(saving.error);
    for (const [name, told] of failure.problems.length ? byField(failure.problems, fields) : [['', [words(failure)]] as const]) {
      problems.set(name, [...told]);
    }
  }
  return (
    <Form
      title={t('form:new', { type: type.label[language] })}
      fields={fields}
      values={draft.values}
      onChange={(name, value) => setDraft((now) => ({ ...now, values: { ...now.values, [name]: value } }))}
      problems={problems}
      saving={saving.isPending}
      onSave={save}
    >
      {type.relations.length > 0 && (
        <section className="card form-links" aria-label={t('form:links')}>
          <h2>{t('form:links')}</h2>
          <div className="form-fields">
            {type.relations.map((side) => (
              <LinkPicker
                key={side.name}
                side={side}
                label={heading(side, language)}
                picked={draft.links[side.name] ?? []}
                onChange={(picked) => setDraft((now) => ({ ...now, links: { ...now.links, [side.name]: picked } }))}
              />
            ))}
          </div>
        </section>
      )}
    </Form>
  );
}
