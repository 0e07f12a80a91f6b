import { Button } from '@mantine/core';
import { IconBookmark, IconList } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';
import type { EntityType } from '@/meta/model';
import { conditionOf, profileOf, useRules, useSave, type FoundSegment } from './segments';

interface Props {
  segment: FoundSegment;
  all: readonly FoundSegment[];
  type: EntityType;
}

/** A found segment: how large it is, what sets it apart, whom it is most like. */
export function Found({ segment, all, type }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const save = useSave(type, t('segments:saved'));
  const { name, label, size, share, traits, typical } = segment;
  const where = conditionOf(name);
  const called = traits.length ? label : t('segments:found.plain');
  const kept = useRules(type).data?.rules.some((rule) => rule.mine && rule.where === where) ?? false;
  return (
    <article className="card segment" aria-label={called}>
      <header>
        <h3 dir="auto">{called}</h3>
        <p className="num"><b>{format.number(size)}</b> <small>{t('segments:found.share', { share: format.percent(share) })}</small></p>
        <span className="rule-bar" aria-hidden="true"><i style={{ inlineSize: `${share * 100}%` }} /></span>
      </header>
      <ul className="profile">
        {profileOf(segment, all).map(({ key, text, share: far }) => (
          <li key={key}>
            <span>{format.said(text)}</span>
            <span className="profile-bar" aria-hidden="true">
              <i data-less={far < 0 || undefined} style={{ inlineSize: `${Math.abs(far) * 50}%`, insetInlineStart: far < 0 ? `${50 - Math.abs(far) * 50}%` : '50%' }} />
            </span>
          </li>
        ))}
      </ul>
      {typical && (
        <p className="segment-typical">
          {t('segments:found.typical')} <Link to="/r/$id" params={{ id: typical.id }}><bdi>{typical.title}</bdi></Link>
        </p>
      )}
      <footer className="no-print">
        <Button size="compact-md" variant="default" leftSection={<IconList size={15} />} renderRoot={(props) => <Link to="/t/$type" params={{ type: type.name }} search={{ text: where }} {...props} />}>
          {t('segments:open')}
        </Button>
        <Button size="compact-md" variant="default" leftSection={<IconBookmark size={15} />} loading={save.isPending} disabled={kept} onClick={() => save.mutate({ name: called, where, description: traits.map(({ text }) => text).join('; ') })}>
          {t(kept ? 'segments:kept' : 'segments:save')}
        </Button>
      </footer>
    </article>
  );
}
