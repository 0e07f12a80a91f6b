import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { todayIn } from '@/lib/calendar';
import { zoneOf } from '@/lib/settings';
import { useSettings } from '@/lib/useSettings';
import { beginning } from '@/meta/forms/beginning';
import type { Picked, Values } from '@/meta/forms/draft';
import { QuickRecord } from '@/meta/forms/QuickRecord';
import { useModel, type EntityType } from '@/meta/model';
import { loggable, profileOf, useProfiles, type Loggable } from '@/meta/profiles';

interface Logging {
  /** What can be written down beside this record; nothing while the past is looked at. */
  sorts: readonly Loggable[];
  log: (what: Loggable, said?: { text?: string; day?: string }) => void;
}

const Place = createContext<Logging>({ sorts: [], log: () => undefined });

/** Lets any part of the page open the form of a call, a task or whatever the type has beside it. */
export function CanLog({ type, about, closed, children }: { type: EntityType; about: Picked; closed: boolean; children: ReactNode }) {
  const model = useModel();
  const profiles = useProfiles();
  const zone = zoneOf(useSettings());
  const [open, setOpen] = useState<{ what: Loggable; start: Values } | null>(null);
  const logging = useMemo<Logging>(() => {
    const sorts = model.data && !closed ? loggable(profileOf(profiles.data, type.name), type, model.data) : [];
    const today = todayIn('gregory', zone).toString();
    return { sorts, log: (what, said) => setOpen({ what, start: beginning(what, today, new Date(), said) }) };
  }, [model.data, profiles.data, type, closed, zone]);
  return (
    <Place.Provider value={logging}>
      {children}
      {open && <QuickRecord what={open.what} about={about} start={open.start} onClose={() => setOpen(null)} />}
    </Place.Provider>
  );
}

export const useLogging = (): Logging => useContext(Place);
