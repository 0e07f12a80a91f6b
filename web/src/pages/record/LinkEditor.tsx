import { Button } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { todayIn } from '@/lib/calendar';
import { zoneOf } from '@/lib/settings';
import { useSettings } from '@/lib/useSettings';
import { changed, type Values } from '@/meta/forms/draft';
import { FieldInput } from '@/meta/forms/FieldInput';
import { useProblems } from '@/meta/forms/problems';
import type { EntityType, RelationType, Side } from '@/meta/model';
import { DateField } from '@/ui/DateField';
import { saying } from './linked';
import type { Doing } from './LinkedRow';
import { useLinkChange, type LinkedEdge } from './useLinked';

interface Props {
  edge: LinkedEdge;
  type: EntityType;
  side: Side;
  id: string;
  relation: RelationType | undefined;
  timed: boolean;
  doing: Doing;
  onClose: () => void;
}

/** What a link says and how long it holds, changed under its row; or the day on which it ends. */
export function LinkEditor(props: Props) {
  return props.doing === 'end' ? <End {...props} /> : <Says {...props} />;
}

const dayOf = (moment: string | null | undefined): string | null => moment?.slice(0, 10) ?? null;
/** A day of validity begins with its first moment. */
const momentOf = (day: string | null): string | null => (day ? `${day}T00:00:00Z` : null);

function Says({ edge, type, side, id, relation, timed, onClose }: Props) {
  const { t } = useTranslation();
  const fields = saying(relation);
  const [values, setValues] = useState<Values>(edge.link);
  const [from, setFrom] = useState(dayOf(edge.link.validFrom));
  const [to, setTo] = useState(dayOf(edge.link.validTo));
  const [wrong, setWrong] = useState<string[]>([]);
  const { send, waits, error } = useLinkChange(type, side, id);
  const problems = useProblems()(fields, wrong, error);

  function save(event: FormEvent): void {
    event.preventDefault();
    const found = changed(fields, values, edge.link);
    setWrong(found.wrong);
    if (found.wrong.length) return;
    const held = {
      ...(from !== dayOf(edge.link.validFrom) ? { validFrom: momentOf(from) } : {}),
      ...(to !== dayOf(edge.link.validTo) ? { validTo: momentOf(to) } : {}),
    };
    const data = { ...found.data, ...held };
    if (!Object.keys(data).length) onClose();
    else send(edge, { update: [{ linkId: edge.link.id, ...data }] }, undefined, onClose);
  }

  return (
    <form className="link-editor" onSubmit={save} noValidate>
      <div className="form-fields">
        {fields.map((field, place) => (
          <FieldInput
            key={field.name}
            field={field}
            value={values[field.name]}
            autoFocus={place === 0}
            problems={problems.get(field.name)}
            onChange={(name, value) => setValues((now) => ({ ...now, [name]: value }))}
          />
        ))}
        {timed && <DateField label={t('record:relations.from')} value={from} raw onChange={setFrom} />}
        {timed && <DateField label={t('record:relations.to')} value={to} raw onChange={setTo} />}
      </div>
      <Foot problems={problems.get('')} waits={waits} save={t('app:save')} onClose={onClose} />
    </form>
  );
}

function End({ edge, type, side, id, onClose }: Props) {
  const { t } = useTranslation();
  const [day, setDay] = useState<string | null>(todayIn('gregory', zoneOf(useSettings())).toString());
  const { send, waits, error } = useLinkChange(type, side, id);
  const problems = useProblems()([], [], error);

  function end(event: FormEvent): void {
    event.preventDefault();
    send(edge, { end: [{ linkId: edge.link.id, at: momentOf(day) }] }, t('record:relations.ended', { name: edge.node.displayName }), onClose);
  }

  return (
    <form className="link-editor" onSubmit={end} noValidate>
      <DateField label={t('record:relations.endOn')} value={day} raw onChange={setDay} autoFocus width={220} />
      <Foot problems={problems.get('')} waits={waits} save={t('record:relations.end')} onClose={onClose} />
    </form>
  );
}

function Foot({ problems, waits, save, onClose }: { problems: readonly string[] | undefined; waits: boolean; save: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      {problems?.map((message) => <div key={message} className="fault" role="alert" dir="auto">{message}</div>)}
      <div className="quick-foot">
        <Button size="compact-md" type="submit" loading={waits}>{save}</Button>
        <Button size="compact-md" variant="default" onClick={onClose}>{t('app:cancel')}</Button>
      </div>
    </>
  );
}
