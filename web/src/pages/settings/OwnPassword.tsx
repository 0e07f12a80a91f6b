import { Button, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { accepted, type Problem } from '@/api/failures';
import { gql } from '@/api/gql';
import { signOut, useMe } from '@/api/session';
import { Card } from '@/ui/Card';
import { Fault } from '@/ui/Fault';
import { tell } from '@/ui/toasts';

const CHANGE = `mutation Password($input: SetUserPasswordInput!) {
  setUserPassword(input: $input) { errors { code message path details } }
}`;

/** A new password for oneself; all browsers sign in anew then. */
export function OwnPassword() {
  const { t } = useTranslation();
  const name = useMe().data?.name ?? '';
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const changing = useMutation({
    mutationFn: async () => {
      const { setUserPassword } = await gql<{ setUserPassword: { errors: Problem[] } }>(CHANGE, { input: { name, current, password } });
      accepted(setUserPassword);
    },
    onSuccess: async () => {
      await signOut();
      tell(t('settings:password.done'));
    },
  });

  function change(event: FormEvent): void {
    event.preventDefault();
    changing.mutate();
  }

  return (
    <Card title={t('settings:password.title')}>
      <p className="card-note">{t('settings:password.says')}</p>
      <form className="settings-password" onSubmit={change}>
        <PasswordInput visibilityToggleButtonProps={{ 'aria-label': t('app:door.show') }} label={t('settings:password.current')} autoComplete="current-password" value={current} onChange={(event) => setCurrent(event.currentTarget.value)} />
        <PasswordInput visibilityToggleButtonProps={{ 'aria-label': t('app:door.show') }} label={t('settings:password.next')} autoComplete="new-password" value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
        <Button type="submit" variant="default" loading={changing.isPending} disabled={!current || !password}>{t('settings:password.change')}</Button>
        {changing.isError && <Fault error={changing.error} />}
      </form>
    </Card>
  );
}
