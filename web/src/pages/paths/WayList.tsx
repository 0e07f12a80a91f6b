import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, relationNamed, useModel } from '@/meta/model';
import { useLook } from '@/meta/useLook';
import { Pill } from '@/ui/Pill';
import { eldest, heldSince, stepKey, type Age, type Ages } from './ages';
import type { Asked } from './asked';
import type { Found, Step } from './ways';

interface Props {
  asked: Asked;
  ways: readonly Found[];
  ages: Ages;
  chosen: number;
  choose: (way: number) => void;
}

/** The ways, the best first; the chosen one link by link. */
export function WayList({ asked, ways, ages, chosen, choose }: Props) {
  const { t } = useTranslation();
  return (
    <ol className="way-list" aria-label={t('paths:picture')}>
      {ways.map((way, place) => (
        <li key={way.records.map(({ id }) => id).join(' ')} className="card" data-chosen={place === chosen || undefined}>
          <button type="button" className="way-head" aria-expanded={place === chosen} onClick={() => choose(place)}>
            <Summary way={way} asked={asked} since={heldSince(way, ages)} place={place} />
          </button>
          {place === chosen && <Steps way={way} ages={ages} />}
        </li>
      ))}
    </ol>
  );
}

function Summary({ way, asked, since, place }: { way: Found; asked: Asked; since: string | null; place: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { steps, strength, cost } = way;
  const measure =
    strength !== null ? format.percent(strength, strength < 0.1 ? 2 : 0)
    : cost !== null ? format.number(cost)
    : format.number(steps.length);
  const unit = strength !== null ? 'strength' : cost !== null ? 'cost' : 'links';
  return (
    <>
      <span className="way-place num" aria-hidden="true">{format.number(place + 1)}</span>
      <span className="way-says">
        <b>{asked.by === 'introduction' ? <Ask way={way} /> : way.records.slice(1, -1).map(({ title }) => `\u2068${title}\u2069`).join(' · ') || t('paths:direct')}</b>
        <small className="num">
          {t('paths:links', { count: steps.length, number: format.number(steps.length) })}
          {since && <> · {t('paths:since', { day: format.day(since) })}</>}
        </small>
      </span>
      <span className="way-measure num">
        <bdi>{measure}</bdi>
        <small>{t(`paths:unit.${unit}`, { count: steps.length })}</small>
      </span>
    </>
  );
}

/** Whom to ask, in a sentence. */
function Ask({ way: { ask, introducer, records } }: { way: Found }) {
  const { t } = useTranslation();
  const to = records.at(-1)?.title ?? '';
  if (!ask || !introducer) return t('paths:sentence.direct');
  if (ask.id === introducer.id) return t('paths:sentence.one', { ask: `\u2068${ask.title}\u2069`, to: `\u2068${to}\u2069` });
  return t('paths:sentence.two', { ask: `\u2068${ask.title}\u2069`, introducer: `\u2068${introducer.title}\u2069`, to: `\u2068${to}\u2069` });
}

function Steps({ way, ages }: { way: Found; ages: Ages }) {
  const lookOf = useLook();
  return (
    <ol className="way-steps">
      {way.records.map((record, place) => {
        const { color, Sign } = lookOf(record.type);
        const step = way.steps[place];
        return (
          <li key={record.id}>
            <Link to="/r/$id" params={{ id: record.id }} className="way-record">
              <span className="way-sign" style={{ '--hue': color } as React.CSSProperties}>
                <Sign size={14} stroke={1.8} aria-hidden="true" />
              </span>
              <span dir="auto">{record.title}</span>
            </Link>
            {step && <Between step={step} ages={ages[stepKey(step.source, step.target)] ?? []} weakest={way.weakest === place} />}
          </li>
        );
      })}
    </ol>
  );
}

/** What joins two records, since when, and how strongly. */
function Between({ step, ages, weakest }: { step: Step; ages: readonly Age[]; weakest: boolean }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const { data: model } = useModel();
  const { strength, cost } = step;
  const joined = step.relations.length ? step.relations : ages.map(({ relation }) => relation);
  const names = [...new Set(joined)].map((name) => {
    const relation = relationNamed(model, name);
    return relation ? heading(relation, language) : name;
  });
  const since = eldest(ages);
  const value = strength !== null ? format.percent(strength, strength < 0.1 ? 1 : 0) : cost !== null ? format.number(cost) : null;
  return (
    <div className="way-between" data-weak={weakest || undefined}>
      <span>{names.length ? names.join(' · ') : t('paths:contact')}</span>
      {since && <small className="num">{t('paths:since', { day: format.day(since) })}</small>}
      {strength !== null && (
        <span className="way-bar" aria-hidden="true">
          <i style={{ inlineSize: `${Math.max(strength * 100, 2)}%` }} />
        </span>
      )}
      {value !== null && <bdi className="num">{value}</bdi>}
      {weakest && <Pill tone="warn">{t('paths:weakest')}</Pill>}
    </div>
  );
}
