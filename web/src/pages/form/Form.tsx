import { Button } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useKey } from '@/lib/useKey';
import type { Values } from '@/meta/forms/draft';
import { FieldInput } from '@/meta/forms/FieldInput';
import type { Problems } from '@/meta/forms/problems';
import type { Field } from '@/meta/model';
import '@/meta/forms/forms.css';
import './form.css';

interface Props {
  title: string;
  fields: readonly Field[];
  values: Values;
  onChange: (name: string, value: unknown) => void;
  problems: Problems;
  saving: boolean;
  /** Something has to be decided first. */
  blocked?: boolean;
  /** Whether one begins to type at once: nothing is there to be read yet. */
  begins?: boolean;
  onSave: () => void;
  above?: ReactNode;
  children?: ReactNode;
}

/** A form made of the model: every error at its field, those of no field on top. Ctrl and Enter save it. */
export function Form({ title, fields, values, onChange, problems, saving, blocked = false, begins = false, onSave, above, children }: Props) {
  const { t } = useTranslation();
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const whole = problems.get('') ?? [];
  useEffect(() => {
    if (problems.size) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
    // only when there are others than before: not at every letter that is typed
  }, [[...problems.keys()].join()]);

  useKey('form.save', () => form.current?.requestSubmit());

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!blocked) onSave();
  }

  return (
    <form
      ref={form}
      className="form"
      onSubmit={submit}
      noValidate
    >
      <h1 dir="auto">{title}</h1>
      {above}
      {problems.size > 0 && (
        <div className="fault" role="alert">
          {problems.size > Number(problems.has('')) && <b>{t('form:problems', { count: [...problems.values()].flat().length })}</b>}
          {whole.map((message) => (
            <span key={message} dir="auto">{message}</span>
          ))}
        </div>
      )}
      <div className="card form-fields">
        {fields.map((field, place) => (
          <FieldInput key={field.name} field={field} autoFocus={begins && place === 0} value={values[field.name]} onChange={onChange} problems={problems.get(field.name)} />
        ))}
      </div>
      {children}
      <footer className="form-foot">
        <Button variant="default" onClick={() => router.history.back()}>
          {t('app:cancel')}
        </Button>
        <Button type="submit" loading={saving} disabled={blocked}>
          {t('app:save')}
        </Button>
      </footer>
    </form>
  );
}
