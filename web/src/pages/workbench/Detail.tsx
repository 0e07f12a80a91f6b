import { ActionIcon, Button } from '@mantine/core';
import { IconArrowsSplit2, IconArrowUpRight, IconClick, IconPlus, IconRoute, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { lazy, Suspense, useState } from 'react';
import { Contributions } from '@/charts/Contributions';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, useModel, type EntityType } from '@/meta/model';
import { loggable, profileOf, useProfiles } from '@/meta/profiles';
import { useCard, type CardOf } from '@/meta/useCard';
import { Bone } from '@/ui/Bones';
import { Fault } from '@/ui/Fault';
import { Gauge } from '@/ui/Gauge';
import type { Chosen } from './asked';
import { FollowedPaths } from './FollowedPaths';
import { useDetail, type Detail as Found } from './ranking';

const QuickRecord = lazy(async () => ({ default: (await import('@/meta/forms/QuickRecord')).QuickRecord }));

interface Props {
  chosen: Chosen;
  type: EntityType;
  close: () => void;
}

/** Why one record stands where it stands, what would lower its risk, and what to do next. */
export function Detail({ chosen, type, close }: Props) {
  const { t } = useTranslation();
  const card = useCard(chosen.record).data;
  const found = useDetail(type, chosen.record, chosen.score);
  if (!chosen.record) {
    return (
      <div className="card detail-none">
        <IconClick size={28} stroke={1.4} aria-hidden="true" />
        <p>{t(`workbench:detail.choose.${chosen.score}`)}</p>
      </div>
    );
  }
  return (
    <section className="card detail" aria-label={card?.title ?? t('workbench:detail.title')} data-stale={found.isPlaceholderData || undefined}>
      <header className="card-head">
        <h2 dir="auto">{card?.title ?? <Bone width={160} />}</h2>
        <span className="grow" />
        <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('workbench:detail.close')} onClick={close}>
          <IconX size={16} />
        </ActionIcon>
      </header>
      {found.isPending && <div style={{ padding: 16 }}><Bone height={340} /></div>}
      {found.isError && <div style={{ padding: 16 }}><Fault error={found.error} again={() => void found.refetch()} /></div>}
      {found.data && <Explained found={found.data} subject={chosen.record} churn={chosen.score === 'churn'} />}
      <div className="detail-acts no-print">
        <Button size="compact-md" variant="default" leftSection={<IconArrowUpRight size={15} />} renderRoot={(props) => <Link to="/r/$id" params={{ id: chosen.record }} {...props} />}>
          {t('workbench:act.open')}
        </Button>
        <Button size="compact-md" variant="default" leftSection={<IconRoute size={15} />} renderRoot={(props) => <Link to="/paths" search={{ to: chosen.record }} {...props} />}>
          {t('workbench:act.path')}
        </Button>
        <Button size="compact-md" variant="default" leftSection={<IconArrowsSplit2 size={15} />} renderRoot={(props) => <Link to="/what-if" search={{ remove: [chosen.record], score: chosen.score, type: chosen.type }} {...props} />}>
          {t('workbench:act.whatIf')}
        </Button>
        {card && <TaskButton type={type} about={card} />}
      </div>
    </section>
  );
}

/** What is less, in hundredths, is read as nothing. */
const LEAST_TOLD = 0.05;

function Explained({ found, subject, churn }: { found: Found; subject: string; churn: boolean }) {
  const { t } = useTranslation();
  const reasons = found.reasons.map(({ code, text, contribution, records: [giver] }, place) => ({
    key: `${place} ${code}`,
    // of influence the shares of the score: it is small by itself
    value: churn ? contribution * 100 : (contribution / (found.reasons.reduce((sum, each) => sum + each.contribution, 0) || 1)) * 100,
    text: giver ? t('workbench:detail.comesFrom', { name: `\u2068${giver.title}\u2069` }) : text,
  }));
  const weighty = reasons.filter(({ value }) => Math.abs(value) >= LEAST_TOLD);
  const paths = churn ? found.paths : [];
  const counterfactuals = churn ? found.counterfactuals : [];
  return (
    <>
      <Figures found={found} />
      {weighty.length > 0 && (
        <>
          <h3 className="detail-sub">{t('workbench:detail.why')}</h3>
          <Contributions rows={weighty.slice(0, 6)} moreIsBetter={!churn} />
        </>
      )}
      {paths.length > 0 && (
        <>
          <h3 className="detail-sub">{t('workbench:detail.paths')}</h3>
          <FollowedPaths paths={paths} label={t('workbench:detail.paths')} />
        </>
      )}
      {counterfactuals.length > 0 && (
        <>
          <h3 className="detail-sub">{t('workbench:detail.lower')}</h3>
          <ul className="lower">
            {counterfactuals.map(({ text, change, record }) => (
              <li key={`${record?.id} ${text}`}>
                <span>
                  {record && record.id !== subject && <Link to="/r/$id" params={{ id: record.id }} className="plain-link lower-of" dir="auto">{record.title}</Link>}
                  {text}
                </span>
                <Less change={change} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Figures({ found: { risk, own, received, band, rank } }: { found: Found }) {
  const { t } = useTranslation();
  const format = useFormat();
  const tone = band === 'high' ? 'bad' : band === 'medium' ? 'warn' : 'good';
  return (
    <div className="detail-head">
      {risk !== null && <Gauge value={risk * 100} label={t('workbench:column.risk')} color={`var(--x-${tone}-fill)`} size={84} />}
      <dl>
        {own !== null && <div><dt>{t('workbench:detail.own')}</dt><dd className="num">{format.percent(own, 1)}</dd></div>}
        {received !== null && <div><dt>{t('workbench:column.received')}</dt><dd className="num">{format.percent(received, 1)}</dd></div>}
        {rank !== null && <div><dt>{t('workbench:detail.influence')}</dt><dd className="num">{t('workbench:detail.rank', { rank: format.number(rank) })}</dd></div>}
      </dl>
    </div>
  );
}

function Less({ change }: { change: number }) {
  const format = useFormat();
  return <bdi className="num good">{format.signed(change * 100, 1)}</bdi>;
}

/** What the type's profile says waits for somebody can be written down at once. */
function TaskButton({ type, about }: { type: EntityType; about: CardOf }) {
  const { language } = useSettings();
  const { data: model } = useModel();
  const { data: profiles } = useProfiles();
  const [open, setOpen] = useState(false);
  const what = model && loggable(profileOf(profiles, type.name), type, model).find(({ role }) => role === 'task');
  if (!what) return null;
  return (
    <>
      <Button size="compact-md" variant="default" leftSection={<IconPlus size={15} />} onClick={() => setOpen(true)}>
        {heading(what.type.label, language)}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <QuickRecord what={what} about={about} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
