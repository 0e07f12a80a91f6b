import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Missing } from '@/app/Pages';
import { useSettings } from '@/lib/useSettings';
import { asked } from '@/meta/forms/asked';
import { editable } from '@/meta/forms/brief';
import { created, startOf, type Draft } from '@/meta/forms/draft';
import { LinkPicker } from '@/meta/forms/LinkPicker';
import { useProblems } from '@/meta/forms/problems';
import { useCreate } from '@/meta/forms/useCreate';
import { heading, typeNamed, useModel, type EntityType } from '@/meta/model';
import { Form } from './Form';
import { Restored } from './Restored';
import { useDraft } from './useDraft';

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
  const go = useNavigate();
  const every = editable(type.fields);
  const start = startOf(every);
  const [draft, setDraft] = useState<Draft>(start);
  const fields = asked(every, draft.values);
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const kept = useDraft<Draft>(`new.${type.name}`, JSON.stringify(draft) === JSON.stringify(start) ? null : draft);
  const [restored, setRestored] = useState(false);
  if (kept.found && !restored) {
    setRestored(true);
    setDraft({ ...start, ...kept.found.held });
  }
  const saving = useCreate(type, [], (id) => {
    kept.done();
    if (id === null) return go({ to: '/t/$type', params: { type: type.name }, replace: true });
    return go({ to: '/r/$id', params: { id }, replace: true });
  });
  const problems = useProblems()(fields, wrong, saving.error);

  function save(): void {
    const { data, wrong: found } = created(fields, draft, type.relations);
    setWrong(found);
    if (!found.length) saving.mutate(data);
  }

  return (
    <Form
      title={t('form:new', { type: type.label[language] })}
      fields={fields}
      values={draft.values}
      onChange={(name, value) => setDraft((now) => ({ ...now, values: { ...now.values, [name]: value } }))}
      problems={problems}
      saving={saving.isPending}
      begins
      onSave={save}
      above={kept.found && <Restored at={kept.found.at} onAnew={() => (kept.forget(), setDraft(start))} />}
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
                made={draft.made[side.name] ?? []}
                onMake={(made) => setDraft((now) => ({ ...now, made: { ...now.made, [side.name]: made } }))}
                problems={problems}
              />
            ))}
          </div>
        </section>
      )}
    </Form>
  );
}
