import { IconArrowDown, IconArrowsVertical } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keys } from '@/api/keys';
import { isGroup } from '@/graph/groups';
import type { Scene, SceneLink } from '@/graph/scene';
import { todayIso } from '@/graph/style';
import { useFormat, useSettings } from '@/lib/useSettings';
import { kindOf } from '@/meta/kinds';
import { heading, relationNamed, typeNamed, useModel, type RelationType } from '@/meta/model';
import { Bone } from '@/ui/Bones';
import { Pill } from '@/ui/Pill';
import { Clear } from './Clear';
import { linkDetails, type Detail } from './linkDetails';
import { Neighbours } from './Neighbours';

interface Props {
  links: readonly SceneLink[];
  scene: Scene;
  onPick: (id: string, more: boolean) => void;
  onClear: () => void;
}

/** What joins two records: each link with its day, what it says of itself, and who knew of it. */
export function LinkInspector({ links, scene, onPick, onClear }: Props) {
  const { t } = useTranslation();
  const model = useModel();
  const [first] = links;
  const source = first && scene.records.get(first.source);
  const target = first && scene.records.get(first.target);
  if (!source || !target) return null;
  const both = links.every(({ relation }) => relationNamed(model.data, relation)?.symmetric);
  return (
    <div className="graph-panel-body">
      <section aria-label={t('explorer:link.title')}>
        <header className="graph-picked">
          <h2 className="grow">{t('explorer:link.title')}</h2>
          <Clear onClear={onClear} />
        </header>
        <Neighbours.Row record={source} onPick={onPick} />
        {both ? <IconArrowsVertical size={16} className="graph-between" aria-hidden="true" /> : <IconArrowDown size={16} className="graph-between" aria-hidden="true" />}
        <Neighbours.Row record={target} onPick={onPick} />
      </section>
      {links.map((link) => (
        <One key={link.relation} link={link} sourceType={source.type} />
      ))}
    </div>
  );
}

function One({ link, sourceType }: { link: SceneLink; sourceType: string }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  const model = useModel();
  const relation = relationNamed(model.data, link.relation);
  const type = typeNamed(model.data, sourceType);
  const side = type?.relations.find((each) => each.relation === link.relation && each.direction !== 'in');
  const details = useQuery({
    queryKey: keys.linkDetails([link.relation, link.source, link.target]),
    queryFn: ({ signal }) => linkDetails(type!, side!, relation!, link, signal),
    enabled: Boolean(type && side && relation) && !isGroup(link.source) && !isGroup(link.target),
    retry: false,
  });
  const over = link.validTo !== null && link.validTo.slice(0, 10) <= todayIso();
  return (
    <section aria-label={relation ? heading(relation, language) : link.relation}>
      <h2>
        {relation ? heading(relation, language) : link.relation} {over && <Pill>{t('explorer:link.over')}</Pill>}
      </h2>
      <dl className="graph-values">
        {link.validFrom && <div><dt>{t('explorer:link.from')}</dt><dd className="num"><bdi>{format.day(link.validFrom)}</bdi></dd></div>}
        {link.validTo && <div><dt>{t('explorer:link.to')}</dt><dd className="num"><bdi>{format.day(link.validTo)}</bdi></dd></div>}
        <div><dt>{t('explorer:link.weight')}</dt><dd className="num"><bdi>{format.number(link.weight)}</bdi></dd></div>
        {link.count > 1 && <div><dt>{t('explorer:link.count')}</dt><dd className="num"><bdi>{format.number(link.count)}</bdi></dd></div>}
      </dl>
      {details.isLoading && <Bone height={40} />}
      {relation && details.data?.map((detail) => <Evidence key={detail.id} detail={detail} relation={relation} />)}
    </section>
  );
}

/** What a link says of itself, and when it was written down. */
function Evidence({ detail, relation }: { detail: Detail; relation: RelationType }) {
  const { t } = useTranslation();
  const { language } = useSettings();
  const format = useFormat();
  return (
    <dl className="graph-values graph-evidence">
      {relation.fields.filter(({ name }) => detail[name] != null).map((field) => {
        const { Cell } = kindOf(field);
        return (
          <div key={field.name}>
            <dt>{heading(field, language)}</dt>
            <dd><Cell value={detail[field.name]} field={field} /></dd>
          </div>
        );
      })}
      <div>
        <dt>{t('explorer:link.known')}</dt>
        <dd className="num"><bdi>{format.moment(detail.createdAt)}</bdi></dd>
      </div>
    </dl>
  );
}
