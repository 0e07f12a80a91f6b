import { Button, Modal } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNarrow } from '@/lib/useNarrow';
import { useSettings } from '@/lib/useSettings';
import { collected, linksOf, type Made, type Picked, type Values } from '@/meta/forms/draft';
import { FieldInput } from '@/meta/forms/FieldInput';
import { LinkPicker } from '@/meta/forms/LinkPicker';
import { useProblems } from '@/meta/forms/problems';
import { heading, relationNamed, useModel, type EntityType, type Side } from '@/meta/model';
import { saying } from './linked';
import { useLinkChange } from './useLinked';
import '@/meta/forms/forms.css';

interface Props {
  type: EntityType;
  side: Side;
  about: Picked;
  /** Whom the form begins with. */
  start?: readonly Picked[];
  /** Told when it is saved: who was linked. */
  onLinked?: (ids: readonly string[]) => void;
  onClose: () => void;
}

/** Links others to a record, found or made on the spot, with what the links say of themselves. */
export function AddLink({ type, side, about, start = [], onLinked, onClose }: Props) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const fields = saying(relationNamed(useModel().data, side.relation));
  const [picked, setPicked] = useState<Picked[]>([...start]);
  const [made, setMade] = useState<Made[]>([]);
  const [values, setValues] = useState<Values>({});
  const [wrong, setWrong] = useState<string[]>([]);
  const { send, waits, error } = useLinkChange(type, side, about.id);
  const problems = useProblems()(fields, wrong, error);

  function save(event: FormEvent): void {
    event.preventDefault();
    const said = collected(fields, values);
    const filled = Object.fromEntries(Object.entries(said.data).filter(([, value]) => value !== null));
    const links = linksOf(side, picked, made, filled);
    const bad = [...said.wrong, ...links.wrong];
    setWrong(bad);
    if (bad.length) return;
    send(null, links.data, undefined, () => {
      onLinked?.(picked.map(({ id }) => id));
      onClose();
    });
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('record:relations.addTo', { name: about.title })}
      size={560}
      fullScreen={useNarrow()}
      closeButtonProps={{ 'aria-label': t('app:close') }}
    >
      <form onSubmit={save} noValidate className="quick">
        <LinkPicker side={side} label={heading(side, language)} picked={picked} onChange={setPicked} made={made} onMake={setMade} problems={problems} autoFocus />
        <div className="form-fields">
          {fields.map((field) => (
            <FieldInput
              key={field.name}
              field={field}
              value={values[field.name]}
              problems={problems.get(field.name)}
              onChange={(name, value) => setValues((now) => ({ ...now, [name]: value }))}
            />
          ))}
        </div>
        {problems.get('')?.map((message) => <div key={message} className="fault" role="alert" dir="auto">{message}</div>)}
        <footer className="quick-foot">
          <span className="grow" />
          <Button variant="default" onClick={onClose}>{t('app:cancel')}</Button>
          <Button type="submit" loading={waits} disabled={!picked.length && !made.length}>{t('record:relations.add')}</Button>
        </footer>
      </form>
    </Modal>
  );
}
