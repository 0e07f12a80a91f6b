import { Button, NativeSelect } from '@mantine/core';
import { IconArrowsShuffle, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { heading, typeNamed, useModel, type EntityType, type Model, type Side } from '@/meta/model';
import { Bone } from '@/ui/Bones';
import { Card } from '@/ui/Card';
import { EmptyState } from '@/ui/EmptyState';
import { useSaid } from '@/ui/useSaid';
import type { Upload } from './api';
import { changeLink, columnOfEnd, endBy, firstRule, withLink, type End, type LinkRule, type Mapping } from './mapping';
import { useMapping } from './useImport';

/** Which columns name other records, file by file: by which relation, of which type, and by which of its keys. */
export function Links({ upload }: { upload: Upload }) {
  const { t } = useTranslation();
  const { data: model } = useModel();
  const { change, errors } = useMapping(upload);
  const said = useSaid();
  const mapping = upload.mapping;
  if (!model || !mapping) return <div className="import-body"><Bone height={200} /></div>;
  const sources = Object.entries(mapping.sources);
  if (!sources.length) return <EmptyState icon={IconArrowsShuffle} title={t('import:links.none')}>{t('import:columns.unmapped')}</EmptyState>;
  return (
    <div className="import-body">
      <p className="muted">{t('import:links.says')}</p>
      {sources.map(([name, source]) => (
        <OfFile key={name} name={name} mapping={mapping} model={model} columns={upload.files.find((each) => each.name === source.file)?.columns.map((each) => each.name) ?? []} change={change} />
      ))}
      {errors.length > 0 && (
        <ul className="import-errors" role="status">{errors.slice(0, 5).map((each) => <li key={each.message} dir="auto">{said.problem(each)}</li>)}</ul>
      )}
    </div>
  );
}

interface FileProps {
  name: string;
  mapping: Mapping;
  model: Model;
  columns: readonly string[];
  change: (mapping: Mapping) => void;
}

function OfFile({ name, mapping, model, columns, change }: FileProps) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const source = mapping.sources[name];
  const [rule, record] = firstRule(source) ?? [];
  const type = typeNamed(model, record?.type ?? '');
  const links = source?.links ?? [];
  const sides = (type?.relations ?? []).filter((side) => keyOf(model, side.types[0] ?? ''));
  const add = () => {
    const [side, column] = [sides[0], columns[0]];
    if (side && column && rule) change(withLink(mapping, name, linkOf(model, rule, side, side.types[0] ?? '', column)));
  };
  return (
    <Card title={source?.file ?? name} note={type ? heading(type.labels, language) : t('import:columns.onlyLinks')} className="import-links">
      {!links.length && <p className="card-note">{t('import:links.empty')}</p>}
      <ul>
        {links.map((link, place) => (
          <li key={`${place} ${link.relation}`}>
            {type && rule ? (
              <OfRecord link={link} rule={rule} type={type} sides={sides} columns={columns} model={model} set={(next) => change(changeLink(mapping, name, place, next))} />
            ) : (
              <Both link={link} model={model} />
            )}
          </li>
        ))}
      </ul>
      {type && sides.length > 0 && (
        <Button variant="subtle" leftSection={<IconPlus size={16} />} onClick={add}>
          {t('import:links.add')}
        </Button>
      )}
    </Card>
  );
}

/** The field by which records of a type are found: its first key of one field. */
function keyOf(model: Model, name: string): string {
  const type = typeNamed(model, name);
  const single = type?.fields.filter((each) => each.unique).map((each) => [each.name]) ?? [];
  return [...(type?.naturalKeys ?? []), ...single].find((each) => each.length === 1)?.[0] ?? '';
}

function linkOf(model: Model, rule: string, side: Side, type: string, column: string, key = keyOf(model, type)): LinkRule {
  const other: End = endBy(type, key, column);
  return side.direction === 'in' ? { relation: side.relation, from: other, to: rule } : { relation: side.relation, from: rule, to: other };
}

interface RecordProps {
  link: LinkRule;
  rule: string;
  type: EntityType;
  sides: readonly Side[];
  columns: readonly string[];
  model: Model;
  set: (link: LinkRule | undefined) => void;
}

function OfRecord({ link, rule, type, sides, columns, model, set }: RecordProps) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const out = link.from === rule;
  const end = out ? link.to : link.from;
  const side = sides.find((each) => each.relation === link.relation && (each.direction === 'in') !== out) ?? type.relations.find((each) => each.relation === link.relation);
  if (typeof end === 'string' || !side) return <Both link={link} model={model} remove={() => set(undefined)} />;
  const [key = '', column] = [Object.keys(end.by)[0], columnOfEnd(end)];
  const far = typeNamed(model, end.type);
  const keys = [...new Set([...(far?.naturalKeys ?? []).filter((each) => each.length === 1).map(([each = '']) => each), ...(far?.fields.filter((each) => each.unique).map((each) => each.name) ?? [])])];
  const wordsOf = (name: string) => heading(typeNamed(model, name)?.label ?? { en: name, ru: name, fa: name }, language);
  const sideKey = (each: Side) => `${each.relation} ${each.direction} ${each.name}`;
  return (
    <div className="import-link">
      <NativeSelect
        label={t('import:links.column')}
        value={column}
        data={[...columns]}
        onChange={(event) => set(linkOf(model, rule, side, end.type, event.currentTarget.value, key))}
      />
      <NativeSelect
        label={t('import:links.relation')}
        value={sideKey(side)}
        data={sides.map((each) => ({ value: sideKey(each), label: heading(each, language) }))}
        onChange={(event) => {
          const next = sides.find((each) => sideKey(each) === event.currentTarget.value);
          if (next) set(linkOf(model, rule, next, next.types[0] ?? '', column));
        }}
      />
      <NativeSelect
        label={t('import:links.type')}
        value={end.type}
        data={side.types.map((each) => ({ value: each, label: wordsOf(each) }))}
        onChange={(event) => set(linkOf(model, rule, side, event.currentTarget.value, column))}
      />
      <NativeSelect
        label={t('import:links.key')}
        value={key}
        data={keys.map((each) => ({ value: each, label: heading(far?.fields.find((one) => one.name === each) ?? { en: each, ru: each, fa: each }, language) }))}
        onChange={(event) => set(linkOf(model, rule, side, end.type, column, event.currentTarget.value))}
      />
      <Remove act={() => set(undefined)} />
    </div>
  );
}

function Remove({ act }: { act: () => void }) {
  const { t } = useTranslation();
  return (
    <Button variant="subtle" color="gray" leftSection={<IconTrash size={16} />} onClick={act}>
      {t('import:links.remove')}
    </Button>
  );
}

/** A link that stands in no row's record, in words. */
function Both({ link, model, remove }: { link: LinkRule; model: Model; remove?: () => void }) {
  const { language } = useSettings();
  const relation = model.relations.find((each) => each.name === link.relation);
  const wordsOf = (end: End) => (typeof end === 'string' ? end : `${heading(typeNamed(model, end.type)?.label ?? { en: end.type, ru: end.type, fa: end.type }, language)} · ${columnOfEnd(end)}`);
  return (
    <p className="import-both">
      <bdi>{wordsOf(link.from)}</bdi>
      <b>{relation?.[language] ?? link.relation}</b>
      <bdi>{wordsOf(link.to)}</bdi>
      {remove && <Remove act={remove} />}
    </p>
  );
}
