select document, at, why from tombstones order by document
