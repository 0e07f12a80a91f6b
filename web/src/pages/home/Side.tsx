import { ActionIcon } from '@mantine/core';
import { IconPin, IconPinFilled, IconTable } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recent, type Seen } from '@/lib/recent';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, typeNamed, type Model } from '@/meta/model';
import { Badge } from '@/ui/Badge';
import { Card } from '@/ui/Card';
import { changing, type Counts } from './day';
import { pinned, togglePin } from './pins';
import type { Changed, Day, SavedView } from './useDay';

const SHOWN = 6;

/** The records that this reader looked at last. */
export function Recently({ model }: { model: Model }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const [seen] = useState<Seen[]>(recent);
  const label = (name: string): string => {
    const type = typeNamed(model, name);
    return type ? heading(type.label, language) : '';
  };
  return (
    <Card title={t('home:recent.title')}>
      {!seen.length && <p className="card-note card-pad">{t('home:recent.none')}</p>}
      <ul className="home-list">
        {seen.slice(0, SHOWN).map(({ id, title, type }) => <Row key={id} id={id} title={title} note={label(type)} />)}
      </ul>
    </Card>
  );
}

/** What was made or changed last, by whomever. */
export function Lately({ day, model, counts }: { day: Day; model: Model; counts: Counts }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const found = changing(model, counts)
    .flatMap((type) => ((day[`l_${type.name}`] as { nodes: Changed[] } | undefined)?.nodes ?? []).map((node) => ({ ...node, type })))
    .sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  if (!found.length) return null;
  return (
    <Card title={t('home:lately.title')}>
      <ul className="home-list">
        {found.slice(0, SHOWN).map(({ id, displayName, type, updatedAt, createdAt }) => (
          <Row key={id} id={id} title={displayName} note={`${heading(type.label, language)} · ${t(updatedAt === createdAt ? 'home:lately.new' : 'home:lately.changed')} ${format.ago(updatedAt)}`} />
        ))}
      </ul>
    </Card>
  );
}

function Row({ id, title, note }: { id: string; title: string; note: string }) {
  return (
    <li>
      <Badge text={title} seed={id} size={26} />
      <div className="alert-name">
        <Link to="/r/$id" params={{ id }} className="plain-link cut" dir="auto">
          {title}
        </Link>
        <small className="cut num">{note}</small>
      </div>
    </li>
  );
}

/** Saved views of lists, those that are pinned first. */
export function SavedViews({ views, model }: { views: readonly SavedView[]; model: Model }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const [pins, setPins] = useState(pinned);
  const usable = views.filter((view) => !view.parameters.length && !view.problems.length);
  const ordered = [...usable].sort((a, b) => Number(pins.includes(b.id)) - Number(pins.includes(a.id)));
  return (
    <Card title={t('home:views.title')}>
      {!usable.length && <p className="card-note card-pad">{t('home:views.none')}</p>}
      <ul className="home-list">
        {ordered.slice(0, SHOWN).map((view) => {
          const type = typeNamed(model, view.type);
          const on = pins.includes(view.id);
          return (
            <li key={view.id}>
              <IconTable size={18} stroke={1.6} aria-hidden="true" className="muted" />
              <div className="alert-name">
                <Link to="/t/$type" params={{ type: view.type }} search={{ saved: view.id, text: view.where }} className="plain-link cut" dir="auto">
                  {view.name}
                </Link>
                <small className="cut">{type && heading(type.labels, language)}</small>
              </div>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={28}
                aria-pressed={on}
                aria-label={t('home:views.pin', { name: view.name })}
                onClick={() => setPins(togglePin(view.id))}
              >
                {on ? <IconPinFilled size={16} /> : <IconPin size={16} />}
              </ActionIcon>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
