import { IconChevronDown } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { inSight, showAllTypes, useTypesShown } from '@/lib/typesShown';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, useModel, type EntityType } from '@/meta/model';
import { useCounts } from '@/meta/useCounts';
import { Bone } from '@/ui/Bones';
import { signOf } from '@/ui/signs';

const MORE = 'nav-more-types';

/** Every type of the model with how many records it has; types without any wait behind a button. */
export function NavTypes() {
  const model = useModel();
  const counts = useCounts();
  const { all, made } = useTypesShown();
  const { type: active } = useParams({ strict: false });
  // what is here is not known before records are counted: types that vanish again would push the rest about
  if (model.isPending || counts.isLoading) return Array.from({ length: 8 }, (_, place) => <span key={place} className="nav-link"><Bone height={10} /></span>);
  const { first, more } = inSight(model.data?.types ?? [], counts.data, active ? [...made, active] : made);
  const one = (type: EntityType) => <TypeLink key={type.name} type={type} count={counts.data?.[type.name]} />;
  return (
    <>
      {first.map(one)}
      {more.length > 0 && <More count={more.length} open={all} />}
      {more.length > 0 && <div id={MORE} className="nav-more" hidden={!all}>{more.map(one)}</div>}
    </>
  );
}

function TypeLink({ type, count }: { type: EntityType; count: number | undefined }) {
  const { language } = useSettings();
  const format = useFormat();
  const Sign = signOf(type.icon);
  return (
    <Link to="/t/$type" params={{ type: type.name }} className="nav-link">
      <Sign size={17} stroke={1.7} aria-hidden="true" />
      <span className="cut">{heading(type.labels, language)}</span>
      {count !== undefined && <span className="count num">{format.compact(count)}</span>}
    </Link>
  );
}

function More({ count, open }: { count: number; open: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <button type="button" className="nav-link nav-fold" aria-expanded={open} aria-controls={MORE} onClick={() => showAllTypes(!open)}>
      <IconChevronDown size={17} stroke={1.7} aria-hidden="true" />
      <span className="cut">{t('app:nav.moreTypes')}</span>
      <span className="count num">{format.number(count)}</span>
    </button>
  );
}
