import { useNavigate } from '@tanstack/react-router';
import { useKey } from '@/lib/useKey';
import { useModel } from '@/meta/model';
import { showKeys, useKeysShown } from '@/ui/keysShown';
import { actLast } from '@/ui/toasts';
import { EVERY_PLACE, type Place } from '../places';
import { Sheet } from './Sheet';

/** The keys that mean the same on every page, and the sheet that tells of all. */
export default function Keys() {
  const go = useNavigate();
  const types = useModel().data?.types ?? [];
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
      {shown && <Sheet onClose={() => showKeys(false)} />}
    </>
  );
}

function ToPlace({ place }: { place: Place }) {
  const go = useNavigate();
  useKey(place.key, () => void go({ to: place.to }));
  return null;
}
