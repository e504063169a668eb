// Before the first paint: the colors that were chosen last, else the system's. Not a module, as those run too late.
(() => {
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const stored = () => { try { return localStorage.getItem('theme'); } catch { return null; } };
  const isDark = () => (stored() ?? (system.matches ? 'dark' : 'light')) === 'dark';
  const button = () => document.getElementById('theme');
  const apply = () => {
    root.dataset.theme = isDark() ? 'dark' : 'light';
    button()?.setAttribute('aria-pressed', String(isDark()));
    dispatchEvent(new Event('themechange'));
  };
  apply();
  system.addEventListener('change', apply);
  document.addEventListener('DOMContentLoaded', () => {
    apply();
    button().addEventListener('click', () => {
      const next = isDark() ? 'light' : 'dark';
      try { localStorage.setItem('theme', next); } catch { /* for this page only, then */ }
      apply();
      root.dataset.theme = next;
      button().setAttribute('aria-pressed', String(next === 'dark'));
    });
  });
})();
