import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, useSettings } from '@/lib/useSettings';
import { titled } from './design';
import { useDesigner } from './designer';
import { lean } from './designed';
import { countOf } from './draft';
import type { Clash } from './rebase';
import { applied } from './store';

/**
 * Others changed the model while a draft was being made: what is drawn is theirs already, with the draft on it. A draft
 * of which nothing is left was applied, even where the answer that says so got lost.
 */
export function MovedOn() {
  const { t } = useTranslation();
  const { design, draft, clashes, edit } = useDesigner();
  const moved = draft !== null && draft.version !== design.version && countOf(draft) > 0;
  const done = moved && clashes.length === 0 && countOf(lean(design, draft)) === 0;
  useEffect(() => {
    if (done) applied();
  }, [done]);
  if (done || !moved) return null;
  return (
    <div className="model-moved" role="status">
      <Says />
      <Button size="compact-sm" variant="default" onClick={() => edit('rebase', () => ({ ...lean(design, draft), version: design.version }))}>{t('model:moved.goOn')}</Button>
    </div>
  );
}

/** The same where it is decided what becomes of the draft. */
export function MovedHere() {
  const { design, draft } = useDesigner();
  return draft && draft.version !== design.version ? <div className="model-moved" role="status"><Says /></div> : null;
}

function Says() {
  const { t } = useTranslation();
  const format = useFormat();
  const { design, draft, clashes } = useDesigner();
  const nameOf = useNames();
  const listed = (gone: boolean): string => format.list(clashes.filter((each) => each.gone === gone).map(nameOf));
  return (
    <span>
      {t('model:moved.says', { from: format.plain(draft?.version ?? design.version), to: format.plain(design.version) })}
      {listed(false) && <> <b>{t('model:moved.both', { names: listed(false) })}</b></>}
      {listed(true) && <> <b>{t('model:moved.gone', { names: listed(true) })}</b></>}
    </span>
  );
}

function useNames(): (clash: Clash) => string {
  const { language } = useSettings();
  const { design, shown } = useDesigner();
  return ({ owner, field }) => {
    const found = [...design.types, ...design.relations].find((each) => each.name === owner);
    const named = found ? titled(found, language, 'one') : owner;
    const inside = [...shown.types, ...shown.relations].find((each) => each.name === owner)?.fields.find((each) => each.name === field);
    return field ? `${named}: ${inside ? titled(inside, language) : field}` : named;
  };
}
