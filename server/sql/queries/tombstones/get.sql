select at, why from tombstones where document = $1
