import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useSettings } from '@/lib/useSettings';
import { kindOf } from '@/meta/kinds';
import { heading, typeNamed, useModel, type Field } from '@/meta/model';
import { Bone } from '@/ui/Bones';
import { Card } from '@/ui/Card';
import { Fault } from '@/ui/Fault';
import { Pill } from '@/ui/Pill';
import { useSaid } from '@/ui/useSaid';
import { PREVIEW_QUERY, type ImportFile, type PreviewRow } from './api';
import type { Mapping } from './mapping';

/** Kinds of which the text of a value is the value, so that it shows here as it will on pages. */
const AS_READ = new Set(['integer', 'decimal', 'percent', 'date', 'dateTime', 'choice']);

interface Props {
  upload: string;
  mapping: Mapping;
  source: string;
  file: ImportFile;
}

interface Previewed {
  importPreview: { rows: PreviewRow[]; errors: Problem[] };
}

/** The first rows and what becomes of each: new or known, its values and links, or what is wrong with it. */
export function Preview({ upload, mapping, source, file }: Props) {
  const { t } = useTranslation();
  const said = useSaid();
  const found = useQuery({
    queryKey: keys.importPreview(upload, source, mapping),
    queryFn: async ({ signal }) => (await gql<Previewed>(PREVIEW_QUERY, { upload, source, mapping }, signal)).importPreview,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  if (found.isError) return <Fault error={found.error} />;
  return (
    <Card title={t('import:preview.title')} note={t('import:preview.says')} className="import-preview">
      {found.isPending && <div className="card-note"><Bone height={200} /></div>}
      {found.data?.errors[0] && <p className="card-note warn" dir="auto">{said.problem(found.data.errors[0])}</p>}
      {found.data && found.data.rows.length > 0 && <Rows rows={found.data.rows} file={file} />}
    </Card>
  );
}

function Rows({ rows, file }: { rows: PreviewRow[]; file: ImportFile }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const { data: model } = useModel();
  const type = typeNamed(model, rows.find((row) => row.records.length)?.records[0]?.type ?? '');
  const given = new Set(rows.flatMap((row) => row.records.flatMap((each) => each.values.map((value) => value.field))));
  const fields = (type?.fields ?? []).filter((each) => given.has(each.name));
  const linked = rows.some((row) => row.links.length);
  return (
    <div className="import-scroll" tabIndex={0} role="group" aria-label={t('import:preview.title')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('import:preview.row')}</th>
            {fields.map((each) => <th key={each.name} scope="col">{heading(each, language)}</th>)}
            {linked && <th scope="col">{t('import:preview.links')}</th>}
          </tr>
        </thead>
        <tbody>{rows.map((row) => <Row key={row.line} row={row} fields={fields} linked={linked} file={file} />)}</tbody>
      </table>
    </div>
  );
}

interface RowProps {
  row: PreviewRow;
  fields: readonly Field[];
  linked: boolean;
  file: ImportFile;
}

function Row({ row, fields, linked, file }: RowProps) {
  const { t } = useTranslation();
  const said = useSaid();
  const record = row.records[0];
  if (row.problems.length) {
    const bad = row.problems.flatMap((each) => each.columns.map((column) => row.cells[file.columns.findIndex((one) => one.name === column)] ?? '')).filter(Boolean);
    return (
      <tr data-bad>
        <td><Pill tone="bad">{t('import:preview.rejected')}</Pill></td>
        <td colSpan={Math.max(fields.length + Number(linked), 1)}>
          <b><bdi>{bad.join(', ')}</bdi></b> {row.problems.map(said.problem).join(' ')}
        </td>
      </tr>
    );
  }
  return (
    <tr>
      <td>{record ? <Pill tone={record.exists ? 'line' : 'good'}>{t(record.exists ? 'import:preview.known' : 'import:preview.new')}</Pill> : <Pill tone="line">{t('import:preview.link')}</Pill>}</td>
      {fields.map((field) => {
        const text = record?.values.find((each) => each.field === field.name)?.text ?? '';
        const { Cell } = kindOf(field);
        return <td key={field.name} dir="auto">{text && AS_READ.has(field.kind) ? <Cell value={text} field={field} /> : text}</td>;
      })}
      {linked && <td dir="auto">{row.links.map((each) => `${each.source} → ${each.target}`).join(' · ')}</td>}
    </tr>
  );
}
