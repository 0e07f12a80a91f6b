import { ActionIcon, Button, Checkbox, Menu, PasswordInput, TextInput } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { asFailure } from '@/api/failures';
import { useFormat } from '@/lib/useSettings';
import { AllowanceDialog } from '@/meta/credentials/AllowanceDialog';
import { useAllowanceWords } from '@/meta/credentials/allowances';
import { ShownOnce } from '@/meta/credentials/Credentials';
import { Badge } from '@/ui/Badge';
import { Bone } from '@/ui/Bones';
import { Card } from '@/ui/Card';
import { Fault } from '@/ui/Fault';
import { Pill } from '@/ui/Pill';
import { tell } from '@/ui/toasts';
import { useSaid } from '@/ui/useSaid';
import { PersonDialog } from './PersonDialog';
import { useAccount, useUsers, type Act, type User } from './people';

/** Who may sign in, and what they may do. */
export function People({ own }: { own: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const users = useUsers();
  const [adding, setAdding] = useState(false);
  if (users.isError) return <Fault error={users.error} again={() => void users.refetch()} />;
  return (
    <Card
      title={t('admin:people.title')}
      note={users.data && t('admin:people.count', { count: users.data.length, number: format.number(users.data.length) })}
      aside={<Button size="xs" leftSection={<IconPlus size={14} />} aria-expanded={adding} onClick={() => setAdding(!adding)}>{t('admin:people.add')}</Button>}
      className="admin-card"
    >
      {adding && <AddPerson />}
      <ul className="admin-people">
        {users.data?.map((user) => <Person key={user.id} user={user} own={user.name === own} />) ??
          Array.from({ length: 3 }, (_, place) => <li key={place}><Bone height={30} /></li>)}
      </ul>
    </Card>
  );
}

/** Beside which field a problem stands. */
const FIELD_OF: Record<string, string> = { bad_user_name: 'name', taken: 'name', bad_password: 'password' };

function AddPerson() {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [administrator, setAdministrator] = useState(false);
  const adding = useAccount();
  const said = useSaid();
  const problems = adding.isError ? asFailure(adding.error).problems : [];
  const wrongWith = (field: string) => problems.filter(({ code }) => FIELD_OF[code] === field).map(said.problem).join(' ');

  function add(event: FormEvent): void {
    event.preventDefault();
    const input = { name: name.trim(), administrator, ...(password && { password }) };
    adding.mutate({ act: 'add', input }, { onSuccess: () => { setName(''); setPassword(''); setAdministrator(false); } });
  }

  return (
    <form className="admin-add" onSubmit={add}>
      <TextInput size="sm" label={t('admin:people.name')} value={name} error={wrongWith('name')} autoFocus onChange={(event) => setName(event.currentTarget.value)} />
      <PasswordInput size="sm" label={t('admin:people.password')} visibilityToggleButtonProps={{ 'aria-label': t('app:door.show') }} placeholder={t('admin:people.made')} autoComplete="new-password" value={password} error={wrongWith('password')} aria-invalid={Boolean(wrongWith('password'))} onChange={(event) => setPassword(event.currentTarget.value)} />
      <Checkbox size="sm" label={t('admin:people.administrator')} checked={administrator} onChange={(event) => setAdministrator(event.currentTarget.checked)} />
      <Button type="submit" size="sm" loading={adding.isPending} disabled={!name.trim()}>{t('admin:people.letIn')}</Button>
      {adding.isError && !problems.some(({ code }) => code in FIELD_OF) && <Fault error={adding.error} />}
      {adding.data?.password && <ShownOnce secret={adding.data.password} says={t('admin:people.once', { name: adding.data.user?.name ?? '' })} />}
    </form>
  );
}

function Person({ user, own }: { user: User; own: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const account = useAccount();
  const [limiting, setLimiting] = useState(false);
  const [linking, setLinking] = useState(false);
  const limited = useAllowanceWords()(user.allowance);

  /** What was done can be taken back from the message that says so. */
  function act(what: Act, input: Record<string, unknown>, told: string, before?: Record<string, unknown>): void {
    const undo = before && { label: t('app:undo'), run: () => account.mutate({ act: what, input: { name: user.name, ...before } }) };
    account.mutate({ act: what, input: { name: user.name, ...input } }, { onSuccess: () => tell(told, undo) });
  }

  return (
    <li data-disabled={user.disabledAt !== null || undefined}>
      <Badge text={user.name} seed={user.id} size={34} round />
      <span className="admin-person">
        <b><bdi>{user.name}</bdi></b>
        <small className="num">
          {t('admin:people.since', { at: format.day(user.createdAt) })}
          {user.person && <> · <Link to="/r/$id" params={{ id: user.person.id }} className="plain-link"><bdi>{user.person.title}</bdi></Link></>}
        </small>
      </span>
      {own && <Pill tone="line">{t('admin:people.you')}</Pill>}
      {user.administrator && <Pill>{t('admin:people.administrator')}</Pill>}
      {limited && <Pill tone="line"><span className="num">{limited}</span></Pill>}
      {user.disabledAt && <Pill tone="bad">{t('admin:people.out')}</Pill>}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={34} aria-label={t('admin:people.more', { name: user.name })}><IconDots size={17} /></ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setLinking(true)}>{t('admin:people.person')}</Menu.Item>
          <Menu.Item onClick={() => setLimiting(true)}>{t('admin:people.limit')}</Menu.Item>
          {!own && <Menu.Item onClick={() => account.mutate({ act: 'password', input: { name: user.name } })}>{t('admin:people.newPassword')}</Menu.Item>}
          {!own && (
            <Menu.Item
              onClick={() => act('administrator', { administrator: !user.administrator }, t('app:saved'), { administrator: user.administrator })}
            >
              {user.administrator ? t('admin:people.demote') : t('admin:people.promote')}
            </Menu.Item>
          )}
          {!own && (
            <Menu.Item
              {...(!user.disabledAt && { color: 'var(--x-bad)' })}
              onClick={() => act('disabled', { disabled: !user.disabledAt }, t(user.disabledAt ? 'admin:people.isIn' : 'admin:people.isOut', { name: user.name }), { disabled: user.disabledAt !== null })}
            >
              {user.disabledAt ? t('admin:people.letInAgain') : t('admin:people.shutOut')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {account.isError && <Fault error={account.error} />}
      {account.data?.password && <ShownOnce secret={account.data.password} says={t('admin:people.once', { name: user.name })} />}
      {linking && <PersonDialog user={user} onClose={() => setLinking(false)} />}
      {limiting && <AllowanceDialog whose={{ user: user.name }} name={user.name} allowance={user.allowance} onClose={() => setLimiting(false)} />}
    </li>
  );
}
