import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { asFailure } from '@/api/failures';
import { hasEnded, signIn, useNobodyYet } from '@/api/session';
import { Logo } from '@/app/Logo';
import { Fault } from '@/ui/Fault';
import { First } from './First';
import { Speaking } from './Speaking';
import './sign-in.css';

/** Where a page outside the application sent a stranger from: only addresses of this server are gone back to. */
function wayBack(): string | null {
  const next = new URLSearchParams(location.search).get('next');
  return next && /^\/(?![/\\])/.test(next) ? next : null;
}

/** The door. Whoever comes in goes on at the address they asked for. */
export default function SignIn() {
  const { t } = useTranslation();
  const nobody = useNobodyYet();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const entering = useMutation({ mutationFn: () => signIn(name, password), onSuccess: goOn });

  function goOn(): void {
    const next = wayBack();
    if (next) location.assign(next);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    entering.mutate();
  }

  if (nobody) return <First />;
  return (
    <main className="door">
      <form className="door-card card" onSubmit={submit}>
        <span className="door-logo">
          <Logo size={34} />
        </span>
        <h1>{t('app:door.title')}</h1>
        <p className="muted" role={hasEnded() ? 'status' : undefined}>{t(hasEnded() ? 'app:door.ended' : 'app:door.says')}</p>
        {entering.isError && <Refusal error={entering.error} />}
        <TextInput
          label={t('app:door.name')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          autoFocus
          size="md"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('app:door.password')}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          size="md"
          value={password}
          visibilityToggleButtonProps={{ 'aria-label': t('app:door.show') }}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="md" loading={entering.isPending}>
          {t('app:door.enter')}
        </Button>
        <Speaking />
      </form>
    </main>
  );
}

/** The two refusals of the door have words of their own in each language. */
function Refusal({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const failure = asFailure(error);
  if (failure.code === 'sign_in_refused') return <p role="alert" className="door-refusal">{t('errors:sign_in_refused')}</p>;
  if (failure.code === 'too_many_attempts') {
    const count = Number(failure.problems[0]?.message ?? 1);
    return <p role="alert" className="door-refusal">{t('errors:too_many_attempts', { count })}</p>;
  }
  return <Fault error={error} />;
}
