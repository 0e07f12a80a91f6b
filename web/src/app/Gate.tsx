import { Outlet } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { follow } from '@/api/live';
import { useMe } from '@/api/session';
import { Fault } from '@/ui/Fault';
import { Shell } from './Shell';

const SignIn = lazy(() => import('@/pages/sign-in/SignIn'));

/** Strangers meet the door at whatever address they came to; those who are in see it and hear of what changes. */
export function Gate() {
  const me = useMe();
  const client = useQueryClient();
  const inside = Boolean(me.data);
  useEffect(() => (inside ? follow(client) : undefined), [inside, client]);
  if (me.isError) {
    return (
      <main className="alone">
        <Fault error={me.error} again={() => void me.refetch()} />
      </main>
    );
  }
  if (me.isPending) return null;
  if (!me.data) {
    return (
      <Suspense fallback={null}>
        <SignIn />
      </Suspense>
    );
  }
  return (
    <Shell me={me.data}>
      <Outlet />
    </Shell>
  );
}
