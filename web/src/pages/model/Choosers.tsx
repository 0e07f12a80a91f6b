import { Popover } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HUES } from '@/ui/hues';
import { SIGN_NAMES, signOf } from '@/ui/signs';
import { Sign } from './Sign';

/** An icon, picked from those that the application can draw. */
export function IconChooser({ icon, color, onChange }: { icon: string; color: string; onChange: (icon: string) => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div className="model-choose">
      <span>{t('model:icon')}</span>
      <Popover opened={open} onChange={setOpen} position="bottom-start" withinPortal trapFocus shadow="md">
        <Popover.Target>
          <button type="button" className="model-choose-button" aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)}>
            <Sign icon={icon} color={color} size={26} />
            <code dir="ltr">{icon}</code>
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('model:icon')}>
          <div className="model-icons">
            {SIGN_NAMES.map((name) => {
              const Icon = signOf(name);
              return (
                <button key={name} type="button" aria-label={name} aria-pressed={name === icon} title={name} onClick={() => { onChange(name); setOpen(false); }}>
                  <Icon size={19} stroke={1.6} aria-hidden="true" />
                </button>
              );
            })}
          </div>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}

/** A colour that tells a type apart: one of the application's, or any other. */
export function ColorChooser({ color, onChange }: { color: string; onChange: (color: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className="model-choose">
      <span id="model-color">{t('model:color')}</span>
      <div className="model-colors" role="group" aria-labelledby="model-color">
        {HUES.map((hue) => (
          <button key={hue} type="button" aria-label={hue} aria-pressed={hue === color.toLowerCase()} style={{ background: hue }} onClick={() => onChange(hue)}>
            {hue === color.toLowerCase() && <IconCheck size={13} stroke={3} aria-hidden="true" />}
          </button>
        ))}
        <input type="color" aria-label={t('model:otherColor')} value={color || '#64748b'} onChange={(event) => onChange(event.currentTarget.value)} />
      </div>
    </div>
  );
}
