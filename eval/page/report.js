// The page as a whole.

prepareTables();
if (!document.querySelector('table')) document.getElementById('all-scores').hidden = true;
fillLead();
fillScores();
fillGroups();
fillErrors();
fillGallery();
