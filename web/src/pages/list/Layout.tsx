import { useTranslation } from 'react-i18next';
import type { ListChange, ListSearch, View } from '@/app/listSearch';
import type { EntityType } from '@/meta/model';
import { LayoutField } from './LayoutField';
import { groupFields } from './groups';
import { endField, fieldsFor, layoutField } from './layouts';

interface Props {
  type: EntityType;
  view: View;
  search: ListSearch;
  change: (part: ListChange) => void;
}

/** The fields that the chosen view lays records out by. */
export function Layout({ type, view, search, change }: Props) {
  const { t } = useTranslation();
  if (view === 'table') {
    return (
      <LayoutField
        label={t('list:group.by')}
        fields={groupFields(type)}
        value={search.group ?? 'none'}
        none={t('list:group.none')}
        choose={(group) => change({ group: group === 'none' ? undefined : group })}
      />
    );
  }
  const by = layoutField(type, view, search);
  if (!by) return null;
  const fields = fieldsFor(type, view);
  if (view !== 'timeline') return <LayoutField label={t('list:layout.by')} fields={fields} value={by.name} choose={(name) => change({ by: name })} />;
  return (
    <>
      <LayoutField label={t('list:layout.from')} fields={fields} value={by.name} choose={(name) => change({ by: name })} />
      <LayoutField
        label={t('list:layout.until')}
        fields={fields.filter((field) => field !== by)}
        value={endField(type, by, search)?.name ?? 'none'}
        none={t('list:layout.points')}
        choose={(until) => change({ until })}
      />
    </>
  );
}
