import { Link, useNavigate } from '@tanstack/react-router';
import { IconArrowRight, IconBulb } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Bars } from '@/charts/Bars';
import { useFormat, useSettings } from '@/lib/useSettings';
import { isKnown, kindOf } from '@/meta/kinds';
import { heading } from '@/meta/model';
import { Badge } from '@/ui/Badge';
import { Card } from '@/ui/Card';
import { Pill } from '@/ui/Pill';
import { Figures } from './Figures';
import { Health } from './Health';
import type { PartProps } from './Record';
import { RiskCard } from './RiskCard';
import { Happenings } from './Happenings';
import type { Earned, View } from './view';

/** What a manager wants to know first, the most pressing first. */
export function Overview(props: PartProps) {
  const { view, type, asOf } = props;
  const go = useNavigate({ from: '/r/$id' });
  const { t } = useTranslation();
  return (
    <div className="parts">
      <div className="span-4"><Health view={view} /></div>
      <div className="span-8"><RiskCard view={view} asOf={asOf} /></div>
      {view.kpis.length > 0 && <div className="span-12"><Figures figures={view.kpis} /></div>}
      <div className="span-8 stack">
        {view.money.map((earned) => <Money key={earned.currency} earned={earned} />)}
        <Near view={view} />
        <Card
          title={t('record:tab.timeline')}
          aside={<MoreLink label={t('record:all')} onClick={() => void go({ search: (before) => ({ ...before, tab: 'timeline' }) })} />}
        >
          <Happenings events={view.timeline.events} type={type} />
        </Card>
      </div>
      <div className="span-4 stack">
        <Next view={view} />
        <Unfinished view={view} />
        <Details {...props} />
      </div>
    </div>
  );
}

export function MoreLink({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button type="button" className="more-link" onClick={onClick}>
      {label}
      <IconArrowRight size={15} className="mirrors" aria-hidden="true" />
    </button>
  );
}

function Money({ earned }: { earned: Earned }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { currency, trend } = earned;
  const money = (amount: string) => format.money({ amount, currency }, true);
  const bars = earned.months.map(({ month, value }) => ({
    key: month,
    label: format.month(month),
    value: Number(value),
    words: `${format.month(month)}: ${money(value)}`,
  }));
  return (
    <Card title={t('record:money.title')} note={t('record:money.count', { count: earned.count, number: format.number(earned.count) })}>
      <div className="money">
        <div>
          <small>{t('record:money.total')}</small>
          <b className="num"><bdi>{money(earned.total)}</bdi></b>
        </div>
        <div>
          <small>{t('record:money.year')}</small>
          <b className="num">
            <bdi>{money(earned.lastYear)}</bdi>
            {trend !== null && (
              <em className={trend < 0 ? 'bad' : 'good'}><bdi>{trend > 0 ? '+' : ''}{format.percent(trend)}</bdi></em>
            )}
          </b>
        </div>
        <div>
          <small>{t('record:money.before')}</small>
          <b className="num"><bdi>{money(earned.yearBefore)}</bdi></b>
        </div>
      </div>
      <Bars bars={bars} label={t('record:money.title')} />
    </Card>
  );
}

/** The relations that have links, each with its first few. */
function Near({ view }: { view: View }) {
  const { t } = useTranslation();
  const format = useFormat();
  const go = useNavigate({ from: '/r/$id' });
  const sections = view.sections.filter((section) => section.count > 0);
  if (!sections.length) return null;
  return (
    <Card
      title={t('record:tab.relations')}
      aside={<MoreLink label={t('record:all')} onClick={() => void go({ search: (before) => ({ ...before, tab: 'relations' }) })} />}
    >
      <div className="near">
        {sections.slice(0, 6).map((section) => (
          <div key={section.field}>
            <h3>
              {section.label} <span className="muted num">{format.number(section.count)}</span>
            </h3>
            {section.links.slice(0, 3).map((link) => (
              <Link key={link.id} to="/r/$id" params={{ id: link.record.id }} className="near-link">
                <Badge text={link.record.title} seed={link.record.id} size={22} />
                <span className="cut" dir="auto">{link.record.title}</span>
              </Link>
            ))}
          </div>
        ))}
      </div>
    </Card>
  );
}

function Next({ view }: { view: View }) {
  const { t } = useTranslation();
  if (!view.actions.length) return null;
  return (
    <Card title={t('record:next')}>
      <ul className="plain-list">
        {view.actions.map((action) => (
          <li key={action.code + action.text}>
            <IconBulb size={17} stroke={1.7} aria-hidden="true" className="warn" />
            <div>
              <span dir="auto">{action.text}</span>
              {action.records.slice(0, 2).map((record) => (
                <Link key={record.id} to="/r/$id" params={{ id: record.id }} className="small-link" dir="auto">
                  {record.title}
                </Link>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Unfinished({ view }: { view: View }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!view.unfinished.length) return null;
  return (
    <Card title={t('record:unfinished')} note={format.number(view.unfinished.length)}>
      <ul className="plain-list">
        {view.unfinished.map(({ record, due, late }) => (
          <li key={record.id}>
            <Link to="/r/$id" params={{ id: record.id }} className="plain-link cut grow" dir="auto">
              {record.title}
            </Link>
            {due && (late ? <Pill tone="bad">{format.ago(due)}</Pill> : <small className="muted num">{format.ago(due)}</small>)}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Details({ view, type }: PartProps) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const { values } = view.record;
  const fields = type.fields.filter((field) => isKnown(field) && values[field.name] != null);
  return (
    <Card title={t('record:details')}>
      <dl className="details">
        {fields.map((field) => {
          const { Cell } = kindOf(field);
          return (
            <div key={field.name} data-long={field.kind === 'longText' || undefined}>
              <dt>{heading(field, language)}</dt>
              <dd><Cell value={values[field.name]} field={field} /></dd>
            </div>
          );
        })}
        <div>
          <dt>{t('record:changed')}</dt>
          <dd className="num">{format.ago(String(values.updatedAt))}</dd>
        </div>
      </dl>
    </Card>
  );
}
