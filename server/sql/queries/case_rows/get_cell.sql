select adm3, project, received_on, class, status, words, duplicate_of, compared, about, whose
from case_rows where record = $1
