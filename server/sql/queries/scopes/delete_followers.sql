delete from scope_followers
