// The page as a whole.

// Gives the parts that scroll names of their own: screen readers list them.
function tellRegionsApart() {
  const seen = new Map();
  for (const region of document.querySelectorAll('[role=region]')) {
    const name = region.getAttribute('aria-label');
    const count = (seen.get(name) || 0) + 1;
    seen.set(name, count);
    if (count > 1) region.setAttribute('aria-label', `${name} (${count})`);
  }
}

prepareTables();
if (!document.querySelector('table')) document.getElementById('all-scores').hidden = true;
fillLead();
fillScores();
fillGroups();
fillErrors();
fillGallery();
tellRegionsApart();
