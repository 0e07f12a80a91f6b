import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { kindOf } from '@/meta/kinds';
import { heading, typeNamed, useModel, type EntityType } from '@/meta/model';
import { Badge } from '@/ui/Badge';
import { Card } from '@/ui/Card';
import type { PartProps } from './Record';
import type { Link as Linked, Section } from './view';

const FACTS = 3;
const OF_THE_LINK = new Set(['version', 'createdAt', 'updatedAt', 'validFrom', 'validTo']);

/** Each relation with its exact count and its strongest links; what a link itself says stands beside the record. */
export function Relations({ view }: PartProps) {
  const { t } = useTranslation();
  const filled = view.sections.filter((section) => section.count > 0);
  const empty = view.sections.filter((section) => section.count === 0);
  return (
    <div className="stack">
      {filled.map((section) => (
        <OneRelation key={section.field} section={section} />
      ))}
      {empty.length > 0 && (
        <p className="muted">
          {t('record:relations.empty', { names: empty.map((section) => section.label).join(t('list:comma')) })}
        </p>
      )}
    </div>
  );
}

function OneRelation({ section }: { section: Section }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rest = section.count - section.links.length;
  return (
    <Card title={section.label} note={format.number(section.count)}>
      <ul className="linked">
        {section.links.map((link) => (
          <OneLink key={link.id} link={link} />
        ))}
      </ul>
      {rest > 0 && <p className="card-note card-end num">{t('record:relations.rest', { count: rest, number: format.number(rest) })}</p>}
    </Card>
  );
}

function OneLink({ link }: { link: Linked }) {
  const { data: model } = useModel();
  const type = typeNamed(model, link.record.type);
  const says = Object.entries(link.values).filter(([name, value]) => !OF_THE_LINK.has(name) && typeof value === 'string');
  return (
    <li>
      <Badge text={link.record.title} seed={link.record.id} size={32} />
      <div className="linked-name">
        <Link to="/r/$id" params={{ id: link.record.id }} className="plain-link cut" dir="auto">
          {link.record.title}
        </Link>
        <small className="cut" dir="auto">
          {says.map(([name, value]) => <Said key={name} value={String(value)} />)}
        </small>
      </div>
      {type && <Facts link={link} type={type} />}
    </li>
  );
}

/** What a link says in text; days in the reader's calendar. */
function Said({ value }: { value: string }) {
  const format = useFormat();
  return <bdi className="said">{/^\d{4}-\d{2}-\d{2}/.test(value) ? format.day(value) : value}</bdi>;
}

function Facts({ link, type }: { link: Linked; type: EntityType }) {
  const { language } = useSettings();
  const { values } = link.record;
  const fields = type.fields.filter((field) => values[field.name] != null && field.kind !== 'boolean').slice(0, FACTS);
  return (
    <div className="linked-facts">
      {fields.map((field) => {
        const { Cell } = kindOf(field);
        return (
          <span key={field.name} title={heading(field, language)}>
            <Cell value={values[field.name]} field={field} />
          </span>
        );
      })}
    </div>
  );
}
