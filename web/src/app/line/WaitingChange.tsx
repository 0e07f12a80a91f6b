import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { drop } from '@/kept/queue';
import { withValues } from '@/kept/showing';
import type { Waiting } from '@/kept/waiting';
import { useFormat, useSettings } from '@/lib/useSettings';
import { kindOf } from '@/meta/kinds';
import { heading, typeNamed, useModel, type EntityType } from '@/meta/model';
import { useWords } from '@/ui/Fault';

const SHOWN = 3;

/** One change that waits: of what, which fields, how it stands, and what can be done about it. */
export function WaitingChange({ change, onDecide }: { change: Waiting; onDecide: () => void }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const words = useWords();
  const type = typeNamed(useModel().data, change.type);
  const { id, title, state, tried, refusal } = change;
  const named = title || (type ? heading(type.label, language) : change.type);
  return (
    <li data-state={state}>
      <div className="tray-what">
        {id ? (
          <Link to="/r/$id" params={{ id }} className="plain-link cut" dir="auto"><b>{named}</b></Link>
        ) : (
          <b className="cut">{t('app:tray.new')} <bdi>{named}</bdi></b>
        )}
        <small className="num muted">{format.hour(change.at)}</small>
      </div>
      {type && id && <Fields change={change} type={type} />}
      {state === 'conflict' && <p className="warn">{t('app:tray.conflict')}</p>}
      {state === 'refused' && <p className="bad" dir="auto">{refusal ? words(refusal) : t('app:tray.gone')}</p>}
      {state === 'waits' && tried && <p className="muted">{t('app:tray.tried')}</p>}
      <Acts change={change} named={named} onDecide={onDecide} />
    </li>
  );
}

/** The fields with what they will say; of links only that they change. */
function Fields({ change, type }: { change: Waiting; type: EntityType }) {
  const { language } = useSettings();
  const names = Object.keys(change.data);
  return (
    <dl>
      {names.slice(0, SHOWN).map((name) => {
        const field = type.fields.find((each) => each.name === name);
        const side = type.relations.find((each) => each.name === name);
        const words = field ?? side;
        const value = change.data[name];
        if (!words) return null;
        const Cell = field && kindOf(field).Cell;
        return (
          <div key={name}>
            <dt>{heading(words, language)}</dt>
            <dd>{field && Cell && (value === null || value === '' ? '–' : <Cell value={value} field={field} />)}</dd>
          </div>
        );
      })}
      {names.length > SHOWN && <div className="muted">…</div>}
    </dl>
  );
}

function Acts({ change, named, onDecide }: { change: Waiting; named: string; onDecide: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();

  async function takeBack(): Promise<void> {
    await drop(change.key);
    const { id, before } = change;
    if (id && before) for (const queryKey of [['records'], ['laid out'], ['record', id]]) client.setQueriesData({ queryKey }, (answer: unknown) => withValues(answer, id, before));
    if (id) void client.invalidateQueries({ queryKey: ['record', id] });
  }

  return (
    <div className="tray-acts">
      {change.state === 'conflict' && (
        <Button size="compact-sm" onClick={onDecide}>{t('app:tray.decide')}</Button>
      )}
      <Button size="compact-sm" variant="default" aria-label={t('app:tray.dropOf', { name: named })} onClick={() => void takeBack()}>
        {t(change.state === 'waits' ? 'app:undo' : 'app:tray.drop')}
      </Button>
    </div>
  );
}
