import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconHome2, IconKeyboard, IconPlus, IconSearch, IconSettings } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { gql } from '@/api/gql';
import { keys } from '@/api/keys';
import { useAway } from '@/api/line';
import { fits } from '@/lib/finding';
import { recent } from '@/lib/recent';
import { useSettings } from '@/lib/useSettings';
import { heading, typeNamed, useModel, type Model } from '@/meta/model';
import { showKeys } from '@/ui/keysShown';
import { signOf } from '@/ui/signs';
import { EVERY_PLACE } from './places';
import { SEARCH, type Found } from '@/meta/search';

/** One line for everything: records by what they hold, pages, and what can be made. */
export default function Palette() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const asked = useDeferredValue(text.trim());
  const { data: model } = useModel();
  const away = useAway();
  const found = useQuery({
    queryKey: keys.search(asked, []),
    queryFn: ({ signal }) => gql<Found>(SEARCH, { text: asked, types: null }, signal),
    enabled: asked.length > 1 && !away,
    placeholderData: keepPreviousData,
  });
  const actions = useActions(model, text, away ? lately(text) : asked.length > 1 ? found.data : undefined);
  useFirstChosen(actions);
  return (
    <Spotlight
      shortcut={null}
      attributes={{ content: { 'aria-label': t('app:find.open') } }}
      query={text}
      onQueryChange={setText}
      actions={actions}
      filter={(_, all) => all}
      scrollable
      maxHeight="60dvh"
      nothingFound={away ? t('app:find.away') : found.isFetching ? t('app:find.looking') : t('app:find.nothing')}
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.7} />,
        placeholder: t('app:find.open'),
        'aria-label': t('app:find.open'),
      }}
    />
  );
}

/** What comes after the letters were typed is at hand for Enter too; the library chooses only among what is there while they are typed. */
function useFirstChosen(groups: readonly SpotlightActionGroupData[]): void {
  const first = groups[0]?.actions[0]?.id;
  useEffect(() => {
    const shown = [...document.querySelectorAll('.mantine-Spotlight-action')];
    if (!shown.some((each) => each.hasAttribute('data-selected'))) shown[0]?.setAttribute('data-selected', 'true');
  }, [first]);
}

/** Without a line: of what was opened last, what has the letters in its name. */
function lately(text: string): Found {
  const near = recent().filter(({ title }) => fits(title, text));
  return { search: { nodes: near.map(({ id, title, type }) => ({ __typename: type, id, displayName: title })) } };
}

function useActions(model: Model | undefined, text: string, found: Found | undefined): SpotlightActionGroupData[] {
  const { t } = useTranslation();
  const { language } = useSettings();
  const go = useNavigate();

  const records: SpotlightActionData[] = (found?.search.nodes ?? []).map((node) => {
    const type = typeNamed(model, node.__typename);
    const Sign = signOf(type?.icon ?? '');
    return {
      id: node.id,
      label: node.displayName,
      description: type ? heading(type.label, language) : '',
      leftSection: <Sign size={18} stroke={1.6} aria-hidden="true" />,
      onClick: () => void go({ to: '/r/$id', params: { id: node.id } }),
    };
  });
  const named = EVERY_PLACE.map(({ to, icon, space }) => ({ to, icon, label: t(`${space}:title`) }));
  const everywhere = [{ to: '/', icon: IconHome2, label: t('app:nav.home') }, ...named, { to: '/settings', icon: IconSettings, label: t('app:nav.settings') }];
  const places: SpotlightActionData[] = everywhere.filter(({ label }) => fits(label, text)).map(({ to, icon: Sign, label }) => ({
    id: to,
    label,
    leftSection: <Sign size={18} stroke={1.6} aria-hidden="true" />,
    onClick: () => void go({ to }),
  }));
  const keys: SpotlightActionData = {
    id: 'keys',
    label: t('keys:title'),
    leftSection: <IconKeyboard size={18} stroke={1.6} aria-hidden="true" />,
    onClick: () => showKeys(true),
  };
  const lists: SpotlightActionData[] = (model?.types ?? []).flatMap((type) => {
    const Sign = signOf(type.icon);
    const list = heading(type.labels, language);
    const make = t('app:find.new', { type: type.label[language] });
    const params = { type: type.name };
    return [
      { id: `list ${type.name}`, label: list, leftSection: <Sign size={18} stroke={1.6} aria-hidden="true" />, onClick: () => void go({ to: '/t/$type', params }) },
      { id: `new ${type.name}`, label: make, leftSection: <IconPlus size={18} stroke={1.6} aria-hidden="true" />, onClick: () => void go({ to: '/t/$type/new', params }) },
    ].filter((each) => fits(each.label, text));
  });
  return [
    { group: t('app:nav.records'), actions: records },
    { group: t('app:find.pages'), actions: [...places, ...(fits(t('keys:title'), text) ? [keys] : []), ...(text.trim() ? lists : lists.filter((each) => each.id?.startsWith('list')))] },
  ].filter((group) => group.actions.length);
}
