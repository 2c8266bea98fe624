select place, project, month, phase, sessions, last_on, f_u18, m_u18, f_18_59, m_18_59, f_60, m_60, unknown from session_tallies order by month, place, project, phase
