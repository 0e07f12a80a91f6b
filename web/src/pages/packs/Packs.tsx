import { Button } from '@mantine/core';
import { IconDownload, IconLock, IconUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMe } from '@/api/session';
import { saveFile } from '@/lib/saveFile';
import { useFormat, useSettings } from '@/lib/useSettings';
import { heading, typeNamed, useModel } from '@/meta/model';
import { Bone } from '@/ui/Bones';
import { EmptyState } from '@/ui/EmptyState';
import { Fault } from '@/ui/Fault';
import { Pill } from '@/ui/Pill';
import { signOf } from '@/ui/signs';
import { tell } from '@/ui/toasts';
import { InstallDialog } from './InstallDialog';
import { exported, inBase64, usePacks, type Pack, type Part } from './packs';
import './packs.css';

const MOST_SHOWN = 14;

/** The packs that come with XRM and those in the model: what each brings, and the way in and out. */
export default function Packs() {
  const { t } = useTranslation();
  const { language } = useSettings();
  const administrator = useMe().data?.administrator ?? false;
  const packs = usePacks(language, administrator);
  const { install: chosen } = useSearch({ from: '/packs' });
  const go = useNavigate();
  const [archive, setArchive] = useState<{ name: string; content: string } | null>(null);
  const choose = (install: string | undefined): void => void go({ to: '/packs', search: install ? { install } : {} });
  if (!administrator) return <EmptyState alone icon={IconLock} title={t('packs:locked.title')}>{t('packs:locked.says')}</EmptyState>;
  const pack = packs.data?.find((each) => each.name === chosen);
  return (
    <div className="packs">
      <header className="packs-head">
        <div>
          <h1>{t('packs:title')}</h1>
          <p className="muted">{t('packs:says')}</p>
        </div>
        <span className="grow" />
        <FromFile onRead={setArchive} />
        <Export name="own" label={t('packs:exportOwn')} />
      </header>
      {packs.isError && <Fault error={packs.error} again={() => void packs.refetch()} />}
      <ul className="packs-list">
        {packs.data?.map((each) => <li key={each.name}><Card pack={each} onInstall={() => choose(each.name)} /></li>) ??
          (packs.isPending && Array.from({ length: 3 }, (_, place) => <li key={place} className="card packs-card"><Bone height={150} /></li>))}
      </ul>
      {pack && <InstallDialog key={pack.name} title={pack.label} wish={{ names: [pack.name] }} onClose={() => choose(undefined)} />}
      {archive && <InstallDialog title={archive.name} wish={{ archive: archive.content }} onClose={() => setArchive(null)} />}
    </div>
  );
}

function Card({ pack, onInstall }: { pack: Pack; onInstall: () => void }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const title = pack.label.charAt(0).toLocaleUpperCase(language) + pack.label.slice(1);
  const counted = (what: 'types' | 'relations' | 'profiles') =>
    t(`packs:${what}`, { count: pack[what].length, number: format.number(pack[what].length) });
  return (
    <article className="card packs-card" aria-label={title}>
      <header>
        <h2><bdi>{title}</bdi></h2>
        <code dir="ltr">{pack.name} {pack.version}</code>
        <span className="grow" />
        {pack.installed && <Pill tone="good">{t('packs:installed')}</Pill>}
        {!pack.bundled && <Pill tone="line">{t('packs:yours')}</Pill>}
      </header>
      {pack.description && <p>{pack.description}</p>}
      <p className="muted num">{[counted('types'), counted('relations'), counted('profiles')].join(' · ')}</p>
      <div className="packs-parts">
        {pack.types.slice(0, MOST_SHOWN).map((part) => <Chip key={`${part.name} ${part.extends}`} part={part} />)}
        {pack.types.length > MOST_SHOWN && <span className="muted num">+{format.number(pack.types.length - MOST_SHOWN)}</span>}
      </div>
      <footer>
        {pack.requires.length > 0 && <small className="muted">{t('packs:requires', { packs: format.list(pack.requires) })}</small>}
        <span className="grow" />
        {pack.installed && <Export name={pack.name} label={t('packs:export')} />}
        {pack.bundled && (
          <Button size="xs" variant={pack.installed ? 'default' : 'filled'} onClick={onInstall}>
            {pack.installed ? t('packs:again') : t('packs:look')}
          </Button>
        )}
      </footer>
    </article>
  );
}

function Chip({ part }: { part: Part }) {
  const { language } = useSettings();
  // what a pack adds to has its name and look from the model
  const known = typeNamed(useModel().data, part.name);
  const own = part.label !== part.name || !known;
  const Icon = signOf(part.icon || known?.icon || '');
  return (
    <span className="packs-part" data-extends={part.extends || undefined} style={{ '--hue': part.color || known?.color || '#64748b' } as React.CSSProperties}>
      <Icon size={14} stroke={1.7} aria-hidden="true" />
      <bdi>{own ? part.label.charAt(0).toLocaleUpperCase(language) + part.label.slice(1) : heading(known.labels, language)}</bdi>
    </span>
  );
}

function Export({ name, label }: { name: string; label: string }) {
  const { t } = useTranslation();
  async function save(): Promise<void> {
    const archive = await exported(name).catch(() => undefined);
    if (archive) saveFile(archive, `${name}.zip`);
    else tell(archive === null ? t('packs:nothingOwn') : t('errors:unexpected'));
  }
  return <Button size="xs" variant="default" leftSection={<IconDownload size={15} />} onClick={() => void save()}>{label}</Button>;
}

function FromFile({ onRead }: { onRead: (read: { name: string; content: string }) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".zip,application/zip"
        hidden
        aria-label={t('packs:fromFile')}
        onChange={async (event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) onRead({ name: file.name, content: await inBase64(file) });
        }}
      />
      <Button size="xs" variant="default" leftSection={<IconUpload size={15} />} onClick={() => input.current?.click()}>{t('packs:fromFile')}</Button>
    </>
  );
}
