import { IconSunset2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { WaitList } from '@/meta/forms/Waits';
import { heading, typeNamed, type Model } from '@/meta/model';
import type { Profile, Waiting } from '@/meta/profiles';
import { Card } from '@/ui/Card';
import { contacts, dated } from './day';
import { ownText, type Person } from './own';
import { useToday, type Day, type DueList } from './useDay';

interface Props {
  day: Day;
  model: Model;
  profiles: readonly Profile[];
  /** Whose day it is; everybody's, when null. */
  person: Person | null;
}

/** What is late, what is due today, and what happens today; done or put off where it stands. */
export function MyDay({ day, model, profiles, person }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const today = useToday();
  const waiting = dated(profiles).map((sort, place) => ({ sort, found: day[`w${place}`] as DueList | undefined }));
  const due = waiting
    .flatMap(({ sort, found }) => (found?.nodes ?? []).map((node) => ({ id: node.id, type: sort.type, title: node.displayName, due: node.due, late: node.due.slice(0, 10) < today })))
    .sort((a, b) => a.due.localeCompare(b.due));
  const happening = contacts(profiles, model).flatMap((signal, place) =>
    ((day[`c${place}`] as DueList | undefined)?.nodes ?? []).map((node) => ({ id: node.id, type: signal.type, title: node.displayName, due: node.due, late: false })),
  );
  const total = waiting.reduce((sum, { found }) => sum + (found?.totalCount ?? 0), 0);
  return (
    <Card title={t(person ? 'home:day.title' : 'home:day.everybody')} note={total ? t('home:day.due', { count: total, number: format.number(total) }) : undefined}>
      {due.length > 0 ? <WaitList waits={due.slice(0, 12)} /> : <Clear />}
      {happening.length > 0 && (
        <>
          <h3 className="home-part">{t('home:day.happening')}</h3>
          <WaitList waits={happening.slice(0, 6)} closed />
        </>
      )}
      <All waiting={waiting} model={model} today={today} person={person} />
    </Card>
  );
}

/** Nothing is due: how something comes to stand here. */
function Clear() {
  const { t } = useTranslation();
  return (
    <div className="home-clear">
      <IconSunset2 size={22} stroke={1.5} aria-hidden="true" />
      <span>
        <b>{t('home:day.clear')}</b> {t('home:day.teach')}
      </span>
    </div>
  );
}

/** The whole lists behind what is shown, filtered as here. */
function All({ waiting, model, today, person }: { waiting: { sort: Waiting; found: DueList | undefined }[]; model: Model; today: string; person: Person | null }) {
  const { language } = useSettings();
  const format = useFormat();
  const filled = waiting.filter(({ found }) => (found?.totalCount ?? 0) > 0);
  return (
    <div className="home-all">
      {filled.map(({ sort, found }) => {
        const type = typeNamed(model, sort.type);
        const filter = [
          { field: sort.field, operator: 'anyOf' as const, value: sort.values },
          { field: sort.due ?? '', operator: 'most' as const, value: today },
        ];
        const text = type && person ? ownText(type, person) : null;
        return type && (
          <Link key={sort.type} to="/t/$type" params={{ type: sort.type }} search={{ filter, ...(text && { text }) }} className="home-chip">
            {heading(type.labels, language)} <span className="num muted">{format.number(found?.totalCount ?? 0)}</span>
          </Link>
        );
      })}
    </div>
  );
}
