import { describe, expect, it } from 'vitest';
import { heading, inWords } from '@/meta/types';
import { fieldName, plural, relationName, small, typeName, untaken } from '@/pages/model/naming';

describe('names made of words', () => {
  it('follow the pattern of their sort', () => {
    expect([typeName('service contract'), fieldName('End date'), relationName('belongs to')]).toEqual(['ServiceContract', 'endDate', 'BELONGS_TO']);
    expect([typeName('2nd Visit'), typeName('IP address'), fieldName('taxId')]).toEqual(['NdVisit', 'IPAddress'.replace('IP', 'Ip'), 'taxId']);
  });

  it('are Latin whatever was typed', () => {
    expect([typeName('Договор аренды'), fieldName('дата'), typeName('قرارداد'), typeName('！')]).toEqual(['DogovorArendy', 'data', 'Ghrardad', '']);
  });

  it('have plurals as English has them', () => {
    expect(['Visit', 'Company', 'Box', 'SalesPerson', 'service contract', 'Day', ''].map(plural)).toEqual([
      'Visits', 'Companies', 'Boxes', 'SalesPeople', 'service contracts', 'Days', '',
    ]);
  });

  it('are small in sentences and taken once', () => {
    expect([small('Service Contract'), small('IP address'), untaken('Visit', ['Visit', 'Visit2'])]).toEqual(['service Contract', 'IP address', 'Visit3']);
  });

  it('stand as words where something has no label', () => {
    const words = (name: string) => ({ en: name, ru: name, fa: name });
    expect(['endDate', 'WORKS_AT', 'ServiceContract', 'taxID', 'SMS'].map(inWords)).toEqual(['end date', 'works at', 'Service contract', 'taxID', 'SMS']);
    expect(heading({ name: 'endDate', ...words('endDate') }, 'en')).toBe('End date');
    expect(heading({ name: 'phone', ...words('iPhone') }, 'en')).toBe('IPhone');
  });
});
