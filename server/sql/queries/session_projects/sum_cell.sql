select count(*), coalesce(max(held_on), ''), coalesce(sum(f_u18), 0), coalesce(sum(m_u18), 0), coalesce(sum(f_18_59), 0),
    coalesce(sum(m_18_59), 0), coalesce(sum(f_60), 0), coalesce(sum(m_60), 0), coalesce(sum(unknown), 0)
from session_projects where place = $1 and project = $2 and phase = $3 and month = $4 and counted
