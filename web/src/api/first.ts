/** What every page asks first. The page's own script asks it while the program is still being read, see boot/. Imports nothing. */

/** What answers of GraphQL over HTTP are called. */
export const MEDIA = 'application/graphql-response+json';

export const ME = '{ me { id name administrator person { id type title } } }';

const inEach = (form?: string): string =>
  ['en', 'ru', 'fa'].map((each) => `${form ?? ''}${each}: label(language: "${each}"${form ? `, form: "${form}"` : ''})`).join(' ');

const FIELD = `name kind required unique readOnly searchable isList default options help ${inEach()}`;

/** The model as it stands, with labels in every language. */
export const MODEL = `query Model {
  model {
    version
    types {
      name plural icon color display pack one many
      ${inEach('one')} ${inEach('other')}
      order { field direction }
      naturalKeys
      fields { ${FIELD} }
      relations { name relation direction types most ${inEach()} }
    }
    relations { name symmetric repeatable validity source { field types } target { field types } fields { ${FIELD} } ${inEach()} }
  }
}`;

/** What counts as contact and as business for each type, and what its 360° view holds. */
export const PROFILES = `query Profiles {
  model {
    profiles(derived: true) {
      type declared leaving { field values }
      signals { name path type role time value sign where { field values } }
      view { timeline { path type time } unfinished { path type field values due } }
    }
  }
}`;

/** Of every page, and of those at these addresses, by their first part. */
export const QUESTIONS = { every: [ME, MODEL], pages: { '': [PROFILES], r: [PROFILES] } };
