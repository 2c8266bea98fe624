update ref_numbers set record = $2 where ref_no = $1
