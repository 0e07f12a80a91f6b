import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, typeNamed, useModel } from '@/meta/model';
import type { Counts as Counted, Report } from './api';

/** What was done, or would be, by type and relation. */
export function Counts({ report, linked = false }: { report: Report; linked?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  // a row that cannot be read never becomes a record of a type
  const rejected = report.sources.reduce((sum, each) => sum + each.rejected, 0);
  return (
    <div className="card import-counts">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('import:counts.what')}</th>
            {(['created', 'updated', 'unchanged', 'rejected'] as const).map((each) => <th key={each} scope="col">{t(`import:counts.${each}`)}</th>)}
          </tr>
        </thead>
        <tbody>
          {report.records.map((each) => <OfType key={each.name} counted={each} linked={linked} />)}
          {report.links.map((each) => <OfRelation key={each.name} counted={each} />)}
        </tbody>
        {rejected > 0 && (
          <tfoot>
            <tr>
              <th scope="row" colSpan={4}>{t('import:counts.rows')}</th>
              <td className="num bad">{format.number(rejected)}</td>
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

function OfType({ counted, linked }: { counted: Counted; linked: boolean }) {
  const { language } = useSettings();
  const { data: model } = useModel();
  const type = typeNamed(model, counted.name);
  const words = type ? heading(type.labels, language) : counted.name;
  return (
    <tr>
      <th scope="row">{linked && type ? <Link to="/t/$type" params={{ type: type.name }}>{words}</Link> : words}</th>
      <Numbers counted={counted} />
    </tr>
  );
}

function OfRelation({ counted }: { counted: Counted }) {
  const { language } = useSettings();
  const { t } = useTranslation();
  const { data: model } = useModel();
  const relation = model?.relations.find((each) => each.name === counted.name);
  return (
    <tr data-link>
      <th scope="row">{t('import:columns.link', { relation: relation?.[language] ?? counted.name })}</th>
      <Numbers counted={counted} />
    </tr>
  );
}

function Numbers({ counted }: { counted: Counted }) {
  const format = useFormat();
  return (
    <>
      <td className="num">{format.number(counted.created)}</td>
      <td className="num">{format.number(counted.updated)}</td>
      <td className="num">{format.number(counted.unchanged)}</td>
      <td className={counted.rejected ? 'num bad' : 'num'}>{format.number(counted.rejected)}</td>
    </>
  );
}
