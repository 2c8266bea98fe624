select adm3, project, month, class, about, whose, cases from case_tallies where cases > 0
order by month, adm3, project, class, about, whose
