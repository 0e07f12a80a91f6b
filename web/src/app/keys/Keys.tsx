import { openSpotlight } from '@mantine/spotlight';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useKey } from '@/lib/useKey';
import { useModel } from '@/meta/model';
import { showKeys, useKeysShown } from '@/ui/keysShown';
import { actLast } from '@/ui/toasts';
import { EVERY_PLACE, type Place } from '../places';

const Sheet = lazy(() => import('./Sheet'));

/** The keys that mean the same on every page, heard from the first moment; the sheet that tells of all comes when it is asked for. */
export function Keys() {
  const go = useNavigate();
  const types = useModel().data?.types ?? [];
  useKey('anywhere.find', openSpotlight);
  useKey('anywhere.sheet', () => showKeys(true));
  useKey('anywhere.undo', () => actLast());
  useKey('go.home', () => void go({ to: '/' }));
  useKey('go.settings', () => void go({ to: '/settings' }));
  useKey('go.type', (way) => {
    const type = types[way];
    if (type) void go({ to: '/t/$type', params: { type: type.name } });
  });
  const shown = useKeysShown();
  return (
    <>
      {EVERY_PLACE.map((place) => (
        <ToPlace key={place.key} place={place} />
      ))}
      {shown && (
        <Suspense fallback={null}>
          <Sheet onClose={() => showKeys(false)} />
        </Suspense>
      )}
    </>
  );
}

function ToPlace({ place }: { place: Place }) {
  const go = useNavigate();
  useKey(place.key, () => void go({ to: place.to }));
  return null;
}
