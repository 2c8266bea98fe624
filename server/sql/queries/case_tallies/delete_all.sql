delete from case_tallies
