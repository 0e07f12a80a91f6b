import { signOf } from '@/ui/signs';

/** A type's icon on a tint of its colour. */
export function Sign({ icon, color, size = 34 }: { icon: string; color: string; size?: number }) {
  const Icon = signOf(icon);
  const look = { inlineSize: size, blockSize: size, '--hue': color || '#64748b' };
  return (
    <span className="model-sign" style={look as React.CSSProperties} aria-hidden="true">
      <Icon size={size * 0.54} stroke={1.6} />
    </span>
  );
}
