import app from './app.json';
import errors from './errors.json';
import form from './form.json';
import list from './list.json';
import record from './record.json';
import settings from './settings.json';

export const catalogue = { app, errors, form, list, record, settings };
