import { Button } from '@mantine/core';
import { IconPackage, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/session';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, useModel, type EntityType } from '@/meta/model';
import { useCounts } from '@/meta/useCounts';
import { Bone } from '@/ui/Bones';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';
import { signOf } from '@/ui/signs';
import './home.css';

/** Where one begins: every type with its records, or how to get types. */
export default function Home() {
  const { t } = useTranslation();
  const me = useMe();
  const model = useModel();
  if (model.isError) return <Fault error={model.error} again={() => void model.refetch()} />;
  if (model.data?.types.length === 0) return <FirstStart />;
  return (
    <div className="home">
      <h1>{t('app:home.hello', { name: me.data?.name ?? '' })}</h1>
      <p className="muted">{t('app:home.says')}</p>
      <div className="home-types">
        {model.data?.types.map((type) => <Tile key={type.name} type={type} />) ??
          Array.from({ length: 8 }, (_, place) => <Bone key={place} height={104} />)}
      </div>
    </div>
  );
}

function Tile({ type }: { type: EntityType }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const count = useCounts().data?.[type.name];
  const Sign = signOf(type.icon);
  return (
    <article className="card home-type">
      <span className="home-sign" style={{ '--hue': type.color || '#64748b' } as React.CSSProperties}>
        <Sign size={19} stroke={1.6} aria-hidden="true" />
      </span>
      <h2>
        <Link to="/t/$type" params={{ type: type.name }} className="cover">
          {heading(type.labels, language)}
        </Link>
      </h2>
      <p className="num muted">{count === undefined ? <Bone width={60} /> : t('app:home.records', { count, number: format.number(count) })}</p>
      <Link
        to="/t/$type/new"
        params={{ type: type.name }}
        className="home-new"
        aria-label={t('app:find.new', { type: type.label[language] })}
      >
        <IconPlus size={17} aria-hidden="true" />
      </Link>
    </article>
  );
}

/** Nobody has given this XRM a model yet: an administrator takes a pack, or makes the first type. */
function FirstStart() {
  const { t } = useTranslation();
  const administrator = useMe().data?.administrator ?? false;
  return (
    <EmptyState
      icon={IconPackage}
      title={t('app:first.title')}
      action={
        administrator && (
          <span className="home-first">
            <Button renderRoot={(props) => <Link to="/packs" {...props} />}>{t('app:first.packs')}</Button>
            <Button variant="default" renderRoot={(props) => <Link to="/model" search={{ ask: 'type' }} {...props} />}>{t('app:first.model')}</Button>
          </span>
        )
      }
    >
      {t(administrator ? 'app:first.says' : 'app:first.waits')}
    </EmptyState>
  );
}
