import { IconFlame, IconMoodSilence } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, typeNamed, type Model } from '@/meta/model';
import type { Profile } from '@/meta/profiles';
import { Card } from '@/ui/Card';
import { Pill } from '@/ui/Pill';
import { watched, type Counts } from './day';
import type { Alert, Outlook } from './useDay';

interface Props {
  outlook: Outlook;
  model: Model;
  profiles: readonly Profile[];
  counts: Counts;
}

type Found = { totalCount: number; nodes: Alert[] } | undefined;

/** Who is at risk and who has gone quiet, each with the reason; those who left already are no news. */
export function Alerts({ outlook, model, profiles, counts }: Props) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const parts = watched(profiles, counts).flatMap((profile, place) => {
    const type = typeNamed(model, profile.type);
    const [risk, quiet] = [outlook[`r${place}`] as Found, outlook[`q${place}`] as Found];
    return type && (risk?.nodes.length || quiet?.nodes.length) ? [{ type, risk, quiet }] : [];
  });
  if (!parts.length) {
    return (
      <Card title={t('home:alerts.title')}>
        <p className="card-note card-pad">{t('home:alerts.none')}</p>
      </Card>
    );
  }
  return (
    <>
      {parts.map(({ type, risk, quiet }) => (
        <div key={type.name} className="home-alerts">
          {risk && risk.nodes.length > 0 && <Risky title={t('home:alerts.risk', { types: heading(type.labels, language) })} found={risk} />}
          {quiet && quiet.nodes.length > 0 && <Quiet title={t('home:alerts.quiet', { types: heading(type.labels, language) })} found={quiet} />}
        </div>
      ))}
    </>
  );
}

function Risky({ title, found }: { title: string; found: NonNullable<Found> }) {
  const format = useFormat();
  return (
    <Card title={title} note={format.number(found.totalCount)}>
      <ul className="alerts">
        {found.nodes.map(({ id, displayName, insights: { churn } }) => (
          <li key={id}>
            <IconFlame size={17} stroke={1.7} aria-hidden="true" className="bad" />
            <Name id={id} name={displayName} why={churn?.reasons[0] && format.said(churn.reasons[0].text)} />
            {churn && (
              <Pill tone={churn.risk >= 0.5 ? 'bad' : 'warn'}>
                <bdi>{format.percent(churn.risk)}</bdi>
                {churn.trend !== null && Math.abs(churn.trend) >= 0.005 && <> <bdi>{format.signed(churn.trend * 100)}</bdi></>}
              </Pill>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Quiet({ title, found }: { title: string; found: NonNullable<Found> }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card title={title} note={format.number(found.totalCount)}>
      <ul className="alerts">
        {found.nodes.map(({ id, displayName, insights: { rotation } }) => (
          <li key={id}>
            <IconMoodSilence size={17} stroke={1.7} aria-hidden="true" className="warn" />
            <Name id={id} name={displayName} why={rotation?.reasons[0] && format.said(rotation.reasons[0].text)} />
            {rotation && <small className="muted num">{t('home:alerts.days', { count: Math.round(rotation.silentDays), number: format.number(rotation.silentDays, 0) })}</small>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Name({ id, name, why }: { id: string; name: string; why: string | undefined }) {
  return (
    <div className="alert-name">
      <Link to="/r/$id" params={{ id }} className="plain-link cut" dir="auto">
        {name}
      </Link>
      {why && <small className="cut" dir="auto">{why}</small>}
    </div>
  );
}
