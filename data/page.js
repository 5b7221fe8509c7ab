
'use strict';
for (const tools of document.querySelectorAll('.tools')) {
  const table = document.getElementById(tools.dataset.table);
  const rows = [...table.tBodies[0].rows];
  const words = tools.querySelector('input');
  const state = tools.querySelector('select');
  const count = tools.querySelector('output');
  const filter = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const fits = (!state.value || row.dataset.state.split(' ').includes(state.value)) && wanted.every(w => text.includes(w));
      row.hidden = !fits;
      shown += fits;
    }
    count.textContent = shown + '/' + rows.length;
  };
  words.addEventListener('input', filter);
  state.addEventListener('change', filter);
  tools.hidden = false;
  filter();
}
for (const table of document.querySelectorAll('table.sorted')) {
  const body = table.tBodies[0];
  [...table.tHead.rows[0].cells].forEach((head, nth) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('aria-label', head.textContent + ' ↕');
    head.append(' ', button);
    button.addEventListener('click', () => {
      const down = head.getAttribute('aria-sort') === 'ascending';
      for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const key = row => row.cells[nth].dataset.key ?? row.cells[nth].textContent;
      const order = (a, b) => {
        const [x, y] = [key(a), key(b)];
        if (x === '' || y === '') return (x === '') - (y === '');
        return (down ? -1 : 1) * x.localeCompare(y, document.documentElement.lang, { numeric: true });
      };
      body.append(...[...body.rows].sort(order));
    });
  });
}
