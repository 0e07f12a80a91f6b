import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { kindOf } from '@/meta/kinds';
import { heading, type EntityType } from '@/meta/model';
import type { ToldPart } from '../answer';
import type { Tile } from '../board';

/** Records themselves, with the fields that were chosen. */
export function Records({ tile, type, part }: { tile: Tile; type: EntityType; part: ToldPart }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const fields = tile.source.fields.flatMap((name) => type.fields.filter((field) => field.name === name));
  if (!part.nodes?.length) return <p className="tile-empty">{t('reports:nothing')}</p>;
  return (
    <div className="sheet-table record-table" tabIndex={0} role="group" aria-label={heading(type.labels, language)}>
      <table>
        <thead>
          <tr>
            <th scope="col">{heading(type.label, language)}</th>
            {fields.map((field) => <th key={field.name} scope="col" data-start={!kindOf(field).end || undefined}>{heading(field, language)}</th>)}
          </tr>
        </thead>
        <tbody>
          {part.nodes.map((row) => (
            <tr key={row.id}>
              <th scope="row"><Link className="plain-link" to="/r/$id" params={{ id: row.id }}><bdi>{row.displayName}</bdi></Link></th>
              {fields.map((field) => {
                const { Cell, end } = kindOf(field);
                return <td key={field.name} data-start={!end || undefined}><span><Cell value={row[field.name]} field={field} /></span></td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
