import { IconUserEdit } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '@/lib/useSettings';
import { heading, type EntityType } from './model';
import type { Doing } from './useOthers';

/** Says who has just changed what. */
export function OthersHere({ doing, type }: { doing: Doing | null; type: EntityType }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const names = doing ? named(doing, type).map((field) => heading(field, language)) : [];
  return (
    <div role="status" className="others no-print" hidden={!doing}>
      {doing && (
        <>
          <IconUserEdit size={17} stroke={1.7} aria-hidden="true" />
          <span>
            {t(doing.relation ? 'record:others.link' : 'record:others.changed', { who: `\u2068${doing.who}\u2069` })}
            {names.length > 0 && <b>{names.slice(0, 4).join(t('list:comma'))}</b>}
          </span>
        </>
      )}
    </div>
  );
}

function named({ relation, fields }: Doing, type: EntityType) {
  if (relation) return type.relations.filter((side) => side.relation === relation).slice(0, 1);
  return type.fields.filter((field) => fields.includes(field.name));
}
