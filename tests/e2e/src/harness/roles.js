// Finds parts of the page as assistive technology names them. Arguments: role, wanted name.
// A name ending in "…" is a beginning. Answers [[element to act on, name, element], …].
const [role, wanted] = arguments;
const selectors = {
  button: 'button,[role=button],input[type=button],input[type=submit],summary',
  link: 'a[href],[role=link]',
  radio: 'input[type=radio],[role=radio]',
  checkbox: 'input[type=checkbox]:not([role=switch]),[role=checkbox]',
  switch: '[role=switch]',
  textbox: 'input:not([type]),input[type=text],input[type=url],input[type=tel],input[type=email],textarea,[role=textbox]',
  password: 'input[type=password]',
  spinbutton: 'input[type=number],[role=spinbutton]',
  slider: 'input[type=range],[role=slider]',
  combobox: 'select:not([multiple]),input[list],[role=combobox]',
  listbox: 'select[multiple],[role=listbox]',
  date: 'input[type=date]',
  time: 'input[type=time]',
  datetime: 'input[type=datetime-local]',
  option: 'option,[role=option]',
  heading: 'h1,h2,h3,h4,h5,h6,[role=heading]',
  group: 'fieldset,[role=group],[role=radiogroup]',
  status: 'output,[role=status]',
  alert: '[role=alert]',
  dialog: 'dialog[open],[role=dialog],[role=alertdialog]',
  progressbar: 'progress,[role=progressbar]',
  navigation: 'nav,[role=navigation]',
  main: 'main,[role=main]',
  listitem: 'li,[role=listitem]',
};
const squeeze = (text) => (text || '').replace(/\s+/g, ' ').trim();
const heard = (node, self) => {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE) return '';
  if (node.getAttribute('aria-hidden') === 'true' || node.hidden) return '';
  if (node !== self && node.matches('input,select,textarea,button')) return '';
  if (node.matches('img')) return node.alt;
  if (node !== self && getComputedStyle(node).display === 'none') return '';
  const inner = [...node.childNodes].map((child) => heard(child, self)).join('');
  return getComputedStyle(node).display === 'inline' ? inner : ` ${inner} `;
};
const whole = (node) => squeeze(heard(node, node));
const nameOf = (el) => {
  const by = el.getAttribute('aria-labelledby');
  if (by) return squeeze(by.split(/\s+/).map((id) => document.getElementById(id)).filter(Boolean).map(whole).join(' '));
  if (el.getAttribute('aria-label')) return squeeze(el.getAttribute('aria-label'));
  if (el.labels && el.labels.length) return squeeze([...el.labels].map(whole).join(' '));
  if (el.matches('fieldset')) return el.querySelector(':scope > legend') ? whole(el.querySelector(':scope > legend')) : '';
  if (el.matches('input[type=button],input[type=submit]')) return squeeze(el.value);
  if (el.matches('input,select,textarea')) return squeeze(el.title || el.placeholder);
  return whole(el);
};
const there = (el) => !el.closest('[hidden],[inert],[aria-hidden=true]') && el.getClientRects().length > 0;
const fits = (name) => wanted === null || name === wanted
  || (wanted.endsWith('…') && name.startsWith(wanted.slice(0, -1)));
// A radio or box may be drawn by its label: a person touches that.
const touch = (el) => (el.matches('input[type=radio],input[type=checkbox]') && el.labels && el.labels[0]) || el;
return [...document.querySelectorAll(selectors[role] || `[role=${role}]`)]
  .filter(there).map((el) => [touch(el), nameOf(el), el]).filter(([, name]) => fits(name));
