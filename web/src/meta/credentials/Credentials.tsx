import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconCopy, IconPlus } from '@tabler/icons-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/useSettings';
import { Bone } from '@/ui/Bones';
import { Card } from '@/ui/Card';
import { Fault } from '@/ui/Fault';
import { Pill } from '@/ui/Pill';
import { tell } from '@/ui/toasts';
import { useCopy } from '@/ui/useCopy';
import { AllowanceDialog } from './AllowanceDialog';
import { useAllowanceWords } from './allowances';
import { useCredentials, useEnding, useNewToken, type Session, type Token } from './credentials';
import './credentials.css';

const LONGEST_NAME = 100;
const LASTS = ['1d', '7d', '30d', '90d', '365d'] as const;

/** Tokens and sessions with the way to end them; a new token is shown once. */
export function Credentials({ everybody = false, users = [] }: { everybody?: boolean; users?: readonly string[] }) {
  const { t } = useTranslation();
  const asked = useCredentials(everybody);
  if (asked.isError) return <Fault error={asked.error} again={() => void asked.refetch()} />;
  return (
    <>
      <Card title={t('credentials:tokens.title')} className="credentials">
        <p className="card-note">{t('credentials:tokens.says')}</p>
        <NewToken users={users} />
        {asked.data ? <Tokens tokens={asked.data.tokens} everybody={everybody} /> : <p className="credentials-none"><Bone height={30} /></p>}
      </Card>
      <Card title={t('credentials:sessions.title')} className="credentials">
        <p className="card-note">{t('credentials:sessions.says')}</p>
        {asked.data ? <Sessions sessions={asked.data.sessions} everybody={everybody} /> : <p className="credentials-none"><Bone height={30} /></p>}
      </Card>
    </>
  );
}

function NewToken({ users }: { users: readonly string[] }) {
  const { t } = useTranslation();
  const [expiresIn, setExpiresIn] = useState<string>('30d');
  const [user, setUser] = useState('');
  const [name, setName] = useState('');
  const [unnamed, setUnnamed] = useState(false);
  const making = useNewToken();

  function make(event: FormEvent): void {
    event.preventDefault();
    setUnnamed(!name.trim());
    if (name.trim()) making.mutate({ name, expiresIn, ...(user && { user }) }, { onSuccess: () => setName('') });
  }

  return (
    <form className="credentials-new" noValidate onSubmit={make}>
      <TextInput size="xs" label={t('credentials:tokens.called')} value={name} maxLength={LONGEST_NAME} error={unnamed && t('credentials:tokens.needsName')} onChange={(event) => setName(event.currentTarget.value)} />
      {users.length > 0 && (
        <NativeSelect size="xs" label={t('credentials:tokens.for')} value={user} data={[{ value: '', label: t('credentials:tokens.me') }, ...users]} onChange={(event) => setUser(event.currentTarget.value)} />
      )}
      <NativeSelect
        size="xs"
        label={t('credentials:tokens.lasts')}
        value={expiresIn}
        data={LASTS.map((value) => ({ value, label: t('credentials:tokens.days', { count: parseInt(value, 10) }) }))}
        onChange={(event) => setExpiresIn(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" leftSection={<IconPlus size={14} />} loading={making.isPending}>
        {t('credentials:tokens.make')}
      </Button>
      {making.isError && <Fault error={making.error} />}
      {making.data && <ShownOnce secret={making.data} says={t('credentials:tokens.once')} />}
    </form>
  );
}

/** A secret that nobody can show again, with a way to take it along. */
export function ShownOnce({ secret, says }: { secret: string; says: string }) {
  const { t } = useTranslation();
  const copy = useCopy();
  return (
    <div className="shown-once" role="status">
      <b>{says}</b>
      <code dir="ltr">{secret}</code>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconCopy size={14} />}
        onClick={() => copy(secret, t('credentials:copied'))}
      >
        {t('credentials:copy')}
      </Button>
    </div>
  );
}

function Tokens({ tokens, everybody }: { tokens: readonly Token[]; everybody: boolean }) {
  const { t } = useTranslation();
  const ending = useEnding('withdrawToken');
  const words = useAllowanceWords();
  const [limited, setLimited] = useState<Token | null>(null);
  if (!tokens.length) return <p className="credentials-none muted">{t('credentials:tokens.none')}</p>;
  return (
    <>
      {ending.isError && <Fault error={ending.error} />}
      <ul className="credentials-list">
        {tokens.map((token) => (
          <Row key={token.id} one={token} everybody={everybody} name={token.name ? <bdi>{token.name}</bdi> : t('credentials:tokens.one')} note={words(token.allowance)}>
            <span className="credentials-acts">
              {everybody && <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setLimited(token)}>{t('credentials:limit.set')}</Button>}
              <Button size="compact-sm" variant="subtle" color="var(--x-bad)" onClick={() => ending.mutate(token.id, { onSuccess: () => tell(t('credentials:tokens.ended')) })}>
                {t('credentials:tokens.end')}
              </Button>
            </span>
          </Row>
        ))}
      </ul>
      {limited && (
        <AllowanceDialog whose={{ token: limited.id }} name={t('credentials:limit.token', { name: limited.user })} allowance={limited.allowance} onClose={() => setLimited(null)} />
      )}
    </>
  );
}

function Sessions({ sessions, everybody }: { sessions: readonly Session[]; everybody: boolean }) {
  const { t } = useTranslation();
  const ending = useEnding('endSession');
  const called = ({ browser, system }: Session): string =>
    browser && system ? t('credentials:sessions.on', { browser: `\u2068${browser}\u2069`, system: `\u2068${system}\u2069` }) : (browser ?? system ?? t('credentials:sessions.one'));
  if (!sessions.length) return <p className="credentials-none muted">{t('credentials:sessions.none')}</p>;
  return (
    <>
      {ending.isError && <Fault error={ending.error} />}
      <ul className="credentials-list">
        {sessions.map((session) => (
          <Row key={session.id} one={session} everybody={everybody} name={called(session)}>
            {session.present ? (
              <Pill tone="good">{t('credentials:sessions.present')}</Pill>
            ) : (
              <Button size="compact-sm" variant="subtle" color="var(--x-bad)" onClick={() => ending.mutate(session.id, { onSuccess: () => tell(t('credentials:sessions.ended')) })}>
                {t('credentials:sessions.end')}
              </Button>
            )}
          </Row>
        ))}
      </ul>
    </>
  );
}

interface RowProps {
  one: Token | Session;
  name: ReactNode;
  everybody: boolean;
  note?: string;
  children: ReactNode;
}

function Row({ one, name, everybody, note, children }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li>
      <span>
        <b>{everybody && <><bdi>{one.user}</bdi> · </>}{name}</b>
        <small className="num">
          {t('credentials:since', { at: format.moment(one.createdAt) })} · {t('credentials:until', { at: format.moment(one.expiresAt) })}
          {note && ` · ${note}`}
        </small>
      </span>
      {children}
    </li>
  );
}
