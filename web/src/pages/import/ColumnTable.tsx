import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, titleField, typeNamed, useModel, type EntityType } from '@/meta/model';
import { Pill, type Tone } from '@/ui/Pill';
import type { Column, Guess, ImportFile } from './api';
import { DateWay } from './DateWay';
import { assign, columnsOf, followed, linksBy, fieldOf, fieldsOf, firstRule, stepsOf, withDate, withKey, type Mapping, type RecordRule, type Source, type Value } from './mapping';

interface Props {
  file: ImportFile;
  mapping: Mapping;
  name: string;
  guesses: readonly Guess[];
  change: (mapping: Mapping) => void;
}

/** Column by column: what stands there, which field that is, and how sure it is. */
export function ColumnTable({ file, mapping, name, guesses, change }: Props) {
  const { t } = useTranslation();
  const { data: model } = useModel();
  const source = mapping.sources[name];
  const rule = firstRule(source)?.[1];
  const type = typeNamed(model, rule?.type ?? '');
  return (
    <div className="card import-columns">
      {rule && type && <Keys type={type} rule={rule} choose={(key, standIn) => change(withKey(mapping, name, key, standIn))} />}
      <table>
        <thead>
          <tr>
            <th scope="col">{t('import:columns.column')}</th>
            <th scope="col">{t('import:columns.becomes')}</th>
            <th scope="col">{t('import:columns.sure')}</th>
          </tr>
        </thead>
        <tbody>
          {file.columns.map((column) => (
            <tr key={column.name}>
              <th scope="row">
                <b dir="auto" className="cut">{column.name}</b>
                <small dir="auto" className="cut">{column.samples.slice(0, 3).join(' · ') || t('import:columns.empty')}</small>
              </th>
              <td>
                {rule && type && source ? (
                  <Becomes column={column} type={type} rule={rule} mapping={mapping} name={name} change={change} />
                ) : (
                  <LinkWords source={source} column={column.name} />
                )}
              </td>
              <td>
                <Sure guess={guesses.find((each) => each.column === column.name && followed(each, source, rule))} used={isUsed(source, rule, column.name)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function isUsed(source: Source | undefined, rule: RecordRule | undefined, column: string): boolean {
  const ofLinks = (source?.links ?? []).flatMap((link) => Object.values(link.fields ?? {}).flatMap(columnsOf));
  return Boolean(rule && fieldsOf(rule, column).length) || ofLinks.includes(column) || linksBy(source, column).length > 0;
}

interface BecomesProps {
  column: Column;
  type: EntityType;
  rule: RecordRule;
  mapping: Mapping;
  name: string;
  change: (mapping: Mapping) => void;
}

function Becomes({ column, type, rule, mapping, name, change }: BecomesProps) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const source = mapping.sources[name];
  const field = fieldOf(rule, column.name);
  const of = type.fields.find((each) => each.name === field);
  const others = fieldsOf(rule, column.name).filter((each) => each !== field);
  const date = stepsOf(field ? rule.fields[field] : undefined).date ?? '';
  const labelOf = (each: string) => heading(type.fields.find((one) => one.name === each) ?? { en: each, ru: each, fa: each }, language);
  return (
    <div className="import-becomes">
      <NativeSelect
        aria-label={t('import:columns.fieldOf', { column: column.name })}
        value={field ?? ''}
        data={[{ value: '', label: t('import:columns.nothing') }, ...type.fields.filter((each) => !each.readOnly).map((each) => ({ value: each.name, label: heading(each, language) + (each.required ? ' *' : '') }))]}
        onChange={(event) => change(assign(mapping, name, column.name, event.currentTarget.value || undefined))}
      />
      {field && (of?.kind === 'date' || of?.kind === 'dateTime') && (
        <DateWay column={column.name} value={date} onChange={(format) => change(withDate(mapping, name, column.name, field, format))} />
      )}
      {others.map((each) => <Pill key={each} tone="line">{labelOf(each)}</Pill>)}
      <LinkWords source={source} column={column.name} />
    </div>
  );
}

/** The relations that a column names an end of. */
function LinkWords({ source, column }: { source: Source | undefined; column: string }) {
  const { language } = useSettings();
  const { t } = useTranslation();
  const { data: model } = useModel();
  const relations = model?.relations ?? [];
  const wordsOf = (name: string) => relations.find((each) => each.name === name)?.[language] ?? name;
  const ofField = (source?.links ?? []).flatMap((link) =>
    Object.entries(link.fields ?? {}).flatMap(([field, value]) => (columnsOf(value).includes(column) ? [`${wordsOf(link.relation)}: ${field}`] : [])),
  );
  return (
    <>
      {linksBy(source, column).map((link) => <Pill key={link.relation} dot="var(--x-accent)">{t('import:columns.link', { relation: wordsOf(link.relation) })}</Pill>)}
      {ofField.map((each) => <Pill key={each} tone="line">{each}</Pill>)}
    </>
  );
}

function Keys({ type, rule, choose }: { type: EntityType; rule: RecordRule; choose: (key: string[], standIn?: Value) => void }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const single = type.fields.filter((field) => field.unique).map((field) => [field.name]);
  const keys = [...type.naturalKeys, ...single];
  const standIn = standInOf(type, rule);
  const isAt = (name: string) => name in rule.fields;
  const canStand = ([name = '', ...more]: string[]) => !more.length && standIn !== undefined && type.fields.find((each) => each.name === name)?.kind === 'text';
  const wordsOf = (key: string[]) => key.map((name) => heading(type.fields.find((each) => each.name === name) ?? { en: name, ru: name, fa: name }, language)).join(' + ');
  return (
    <div className="import-keys">
      <span id="import-key">{t('import:columns.key')}</span>
      <span className="import-kinds" role="group" aria-labelledby="import-key">
        {keys.map((key) => (
          <button
            key={key.join(' ')}
            type="button"
            aria-pressed={key.join(' ') === rule.key.join(' ')}
            disabled={!key.every(isAt) && !canStand(key)}
            onClick={() => choose(key, standIn)}
          >
            {wordsOf(key)}
          </button>
        ))}
      </span>
      {!rule.key.length && <small className="warn">{t('import:columns.noKey')}</small>}
    </div>
  );
}

/** What can stand for a key that no column is: what the record is called, or else the first column that is imported. */
function standInOf(type: EntityType, rule: RecordRule): Value | undefined {
  const title = titleField(type);
  return (title && rule.fields[title.name]) ?? Object.values(rule.fields)[0];
}

function Sure({ guess, used }: { guess: Guess | undefined; used: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!used) return <span className="muted">{t('import:columns.unused')}</span>;
  if (!guess) return <span className="muted">{t('import:columns.yours')}</span>;
  const tone: Tone = guess.confidence >= 0.85 ? 'good' : guess.confidence >= 0.6 ? 'line' : 'warn';
  return (
    <span className="import-sure">
      <Pill tone={tone}>{format.percent(guess.confidence)}</Pill>
      <small>{t(`import:why.${guess.why}`)}</small>
    </span>
  );
}
