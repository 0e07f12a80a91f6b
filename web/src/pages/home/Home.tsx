import { Button } from '@mantine/core';
import { IconPackage } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/session';
import { useFormat } from '@/lib/useSettings';
import { useModel, type Model } from '@/meta/model';
import { useProfiles, type Profile } from '@/meta/profiles';
import { useCounts } from '@/meta/useCounts';
import { Bone } from '@/ui/Bones';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';
import { Alerts } from './Alerts';
import { MyDay } from './MyDay';
import { Lately, Recently, SavedViews } from './Side';
import { Tiles } from './Tiles';
import { Types } from './Types';
import { Whose } from './Whose';
import { useDay, useOutlook, useToday, type SavedView } from './useDay';
import './home.css';

const route = getRouteApi('/');

/** Where a day begins: what is due, who needs care, what changed; or how to get types. */
export default function Home() {
  const { t } = useTranslation();
  const format = useFormat();
  const me = useMe();
  const model = useModel();
  const profiles = useProfiles();
  const today = useToday();
  if (model.isError) return <Fault error={model.error} again={() => void model.refetch()} />;
  if (model.data?.types.length === 0) return <FirstStart />;
  return (
    <div className="home">
      <header className="home-head">
        <h1>{t('app:home.hello', { name: me.data?.name ?? '' })}</h1>
        <p className="muted num">{format.day(today, 'long')}</p>
        {model.data && me.data && <Whose me={me.data} />}
      </header>
      {model.data && profiles.data ? <Begun model={model.data} profiles={profiles.data} /> : <Bone height={320} />}
    </div>
  );
}

function Begun({ model, profiles }: { model: Model; profiles: readonly Profile[] }) {
  const counts = useCounts();
  const { whose } = route.useSearch();
  const linked = useMe().data?.person ?? null;
  const person = whose === 'all' ? null : linked;
  const day = useDay({ model, profiles, person }, counts.data);
  const outlook = useOutlook({ model, profiles, person }, counts.data);
  return (
    <>
      {outlook.isPending && <Bone height={104} />}
      {outlook.data && <Tiles outlook={outlook.data} model={model} profiles={profiles} counts={counts.data ?? {}} />}
      <div className="home-parts">
        <div className="home-main">
          {day.isError && <Fault error={day.error} again={() => void day.refetch()} />}
          {day.isPending && <Bone height={260} />}
          {day.data && <MyDay day={day.data} model={model} profiles={profiles} person={person} />}
          {outlook.isError && <Fault error={outlook.error} again={() => void outlook.refetch()} />}
          {outlook.isPending && <Bone height={200} />}
          {outlook.data && <Alerts outlook={outlook.data} model={model} profiles={profiles} counts={counts.data ?? {}} />}
        </div>
        <div className="home-aside">
          <Recently model={model} />
          {day.isPending ? <Bone height={160} /> : <SavedViews views={(day.data?.savedQueries ?? []) as SavedView[]} model={model} />}
          {day.data && <Lately day={day.data} model={model} counts={counts.data ?? {}} />}
        </div>
      </div>
      <Types model={model} />
    </>
  );
}

/** Nobody has given this XRM a model yet: an administrator takes a pack, or makes the first type. */
function FirstStart() {
  const { t } = useTranslation();
  const administrator = useMe().data?.administrator ?? false;
  return (
    <EmptyState
      alone
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
