// Tabs by the WAI-ARIA pattern: arrows move, Home and End go to the ends, the address keeps the choice.

/** Calls `show(name)` for the first tab and whenever another is chosen; returns a function that chooses one. */
export function tabs(list, names, show) {
  const tab = name => document.getElementById('tab-' + name);

  function select(name, focus) {
    for (const each of names) {
      const chosen = each === name;
      tab(each).setAttribute('aria-selected', String(chosen));
      tab(each).tabIndex = chosen ? 0 : -1;
      document.getElementById(each).hidden = !chosen;
    }
    if (focus) {
      tab(name).focus();
    }
    tab(name).scrollIntoView({ block: 'nearest', inline: 'nearest' });
    history.replaceState(null, '', '#' + name);
    show(name);
  }

  list.addEventListener('click', event => {
    const name = event.target.closest('[role=tab]')?.getAttribute('aria-controls');
    if (name) {
      select(name);
    }
  });
  list.addEventListener('keydown', event => {
    const at = names.indexOf(document.activeElement.getAttribute('aria-controls'));
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: names.length - 1 }[event.key];
    if (at >= 0 && to !== undefined) {
      event.preventDefault();
      select(names[(to + names.length) % names.length], true);
    }
  });
  const fromAddress = () => names.find(name => '#' + name === location.hash);
  addEventListener('hashchange', () => fromAddress() && select(fromAddress()));
  select(fromAddress() ?? names[0]);
  return name => select(name, true);
}
