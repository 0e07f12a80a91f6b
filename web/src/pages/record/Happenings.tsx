import { Link } from '@tanstack/react-router';
import { IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, typeNamed, useModel, type EntityType } from '@/meta/model';
import { reasonOf } from '@/meta/undone';
import { signOf } from '@/ui/signs';
import { changedFields, operation, type Event } from '@/meta/view360';

/** Everything that happened, in one line, the newest first. */
export function Happenings({ events, type }: { events: readonly Event[]; type: EntityType }) {
  const { t } = useTranslation();
  if (!events.length) return <p className="card-note card-end">{t('record:timeline.none')}</p>;
  return (
    <ol className="happenings">
      {events.map((event) => (
        <li key={event.cursor}>{event.record ? <OfRecord event={event} /> : <OfChange event={event} type={type} />}</li>
      ))}
    </ol>
  );
}

function OfRecord({ event }: { event: Event }) {
  const format = useFormat();
  const { language } = useSettings();
  const { data: model } = useModel();
  const record = event.record;
  if (!record) return null;
  const type = typeNamed(model, record.type);
  const Sign = signOf(type?.icon ?? '');
  return (
    <>
      <span className="happening-sign" style={{ '--hue': type?.color || '#64748b' } as React.CSSProperties}>
        <Sign size={15} stroke={1.8} aria-hidden="true" />
      </span>
      <div>
        <Link to="/r/$id" params={{ id: record.id }} className="plain-link" dir="auto">
          {record.title}
        </Link>
        <small className="num">
          {type && heading(type.label, language)} · <When at={event.at} /> · {format.ago(event.at)}
        </small>
      </div>
    </>
  );
}

function OfChange({ event, type }: { event: Event; type: EntityType }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const change = event.change;
  if (!change) return null;
  const names = changedFields(change.fields, type.fields).map((field) => heading(field, language));
  const op = operation(change.op);
  return (
    <>
      <span className="happening-sign">
        <IconPencil size={15} stroke={1.8} aria-hidden="true" />
      </span>
      <div>
        <span>
          {t(`record:op.${op}`)}
          {op === 'update' && names.length > 0 && `: ${names.slice(0, 4).join(t('list:comma'))}`}
        </span>
        <small className="num">
          <bdi>{change.actorName}</bdi> · {format.ago(event.at)}
          {change.reason && <> · <bdi>{reasonOf(change.reason, t, format)}</bdi></>}
        </small>
      </div>
    </>
  );
}

function When({ at }: { at: string }) {
  const format = useFormat();
  return <bdi>{format.day(at)}</bdi>;
}
