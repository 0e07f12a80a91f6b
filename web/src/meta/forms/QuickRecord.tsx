import { Button, Modal } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNarrow } from '@/lib/useNarrow';
import { useSettings } from '@/lib/useSettings';
import type { Loggable } from '@/meta/profiles';
import { asked } from './asked';
import { briefly, editable } from './brief';
import { collected, startOf, type Picked, type Values } from './draft';
import { FieldInput } from './FieldInput';
import { useProblems } from './problems';
import { useCreate } from './useCreate';
import './forms.css';

interface Props {
  what: Loggable;
  /** The record that it is linked with from the beginning. */
  about: Picked;
  start?: Values;
  onClose: () => void;
}

/** A record in a few fields, linked with another one at once: a call that was made, a task to be done. */
export function QuickRecord({ what, about, start = {}, onClose }: Props) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { type, back, time } = what;
  const [whole, setWhole] = useState(false);
  const [values, setValues] = useState<Values>({ ...startOf(editable(type.fields)).values, ...start });
  const every = asked(editable(type.fields), values);
  const [wrong, setWrong] = useState<string[]>([]);
  const saving = useCreate(type, [about.id], onClose);
  const problems = useProblems()(every, wrong, saving.error);
  const brief = briefly({ ...type, fields: every }, [time, ...Object.keys(start), ...problems.keys()]);

  function save(event: FormEvent): void {
    event.preventDefault();
    const found = collected(every, values);
    setWrong(found.wrong);
    if (found.wrong.length) return;
    const filled = Object.fromEntries(Object.entries(found.data).filter(([, value]) => value !== null));
    saving.mutate({ ...filled, [back.name]: { link: [{ id: about.id }] } });
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('form:new', { type: type.label[language] })}
      size={560}
      fullScreen={useNarrow()}
      closeButtonProps={{ 'aria-label': t('app:close') }}
    >
      <form onSubmit={save} noValidate className="quick">
        <p className="muted">
          {t('form:about')} <b dir="auto">{about.title}</b>
        </p>
        {problems.get('')?.map((message) => <div key={message} className="fault" role="alert" dir="auto">{message}</div>)}
        <div className="form-fields">
          {(whole ? every : brief).map((field, place) => (
            <FieldInput
              key={field.name}
              field={field}
              value={values[field.name]}
              autoFocus={place === 0}
              problems={problems.get(field.name)}
              onChange={(name, value) => setValues((now) => ({ ...now, [name]: value }))}
            />
          ))}
        </div>
        <footer className="quick-foot">
          {!whole && brief.length < every.length && (
            <Button variant="subtle" color="gray" onClick={() => setWhole(true)}>{t('form:whole')}</Button>
          )}
          <span className="grow" />
          <Button variant="default" onClick={onClose}>{t('app:cancel')}</Button>
          <Button type="submit" loading={saving.isPending}>{t('app:save')}</Button>
        </footer>
      </form>
    </Modal>
  );
}
