import { Button } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useRef, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { isKnown, kindOf } from '@/meta/kinds';
import { heading, type Field } from '@/meta/model';
import type { Values } from '@/meta/forms/draft';
import './form.css';

interface Props {
  title: string;
  fields: readonly Field[];
  values: Values;
  onChange: (name: string, value: unknown) => void;
  problems: ReadonlyMap<string, readonly string[]>;
  saving: boolean;
  onSave: () => void;
  children?: ReactNode;
}

/** The fields that a person may fill in. */
export const editable = (fields: readonly Field[]): Field[] => fields.filter((field) => !field.readOnly && isKnown(field));

/** A form made of the model: every error at its field, those of no field on top. */
export function Form({ title, fields, values, onChange, problems, saving, onSave, children }: Props) {
  const { t } = useTranslation();
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const whole = problems.get('') ?? [];

  function submit(event: FormEvent): void {
    event.preventDefault();
    onSave();
  }

  return (
    <form ref={form} className="form" onSubmit={submit} noValidate>
      <h1 dir="auto">{title}</h1>
      {problems.size > 0 && (
        <div className="fault" role="alert">
          <b>{t('form:problems', { count: [...problems.values()].flat().length })}</b>
          {whole.map((message) => (
            <span key={message} dir="auto">{message}</span>
          ))}
        </div>
      )}
      <div className="card form-fields">
        {fields.map((field) => (
          <OneField key={field.name} field={field} value={values[field.name]} onChange={onChange} problems={problems.get(field.name)} />
        ))}
      </div>
      {children}
      <footer className="form-foot">
        <Button variant="default" onClick={() => router.history.back()}>
          {t('app:cancel')}
        </Button>
        <Button type="submit" loading={saving}>
          {t('app:save')}
        </Button>
      </footer>
    </form>
  );
}

interface FieldProps {
  field: Field;
  value: unknown;
  onChange: (name: string, value: unknown) => void;
  problems: readonly string[] | undefined;
}

function OneField({ field, value, onChange, problems }: FieldProps) {
  const { language } = useSettings();
  const { Editor } = kindOf(field);
  const label = heading(field, language);
  return (
    <div className="form-field" data-wide={field.kind === 'longText' || field.kind === 'multiChoice' || undefined}>
      <Editor
        field={field}
        value={value}
        label={label}
        name={label}
        error={problems?.length ? <span dir="auto">{problems.join(' ')}</span> : undefined}
        onChange={(next) => onChange(field.name, next)}
      />
    </div>
  );
}
