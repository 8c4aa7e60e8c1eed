-- The log from its end, for some actions, for a kind of actor, or for both. Where one of them is rare, the latest fifty of
-- its entries may lie a million back; here they are read from the end of each action and kind of actor, one by one.
CREATE INDEX activity_of_actions ON activity (organization_id, action, actor, seq);

-- Between which places of the log the entries of some days stand. Instants do not say: the log is in the order in which it
-- was appended to, and the clocks of several instances are not one clock. So the first and the last place of each of the
-- days is looked up, of which there are few however many entries there are.
CREATE INDEX activity_of_days ON activity (organization_id, at / 86400000, seq);

-- When an organization was last told that a token is used after it was rotated away: once a day is enough.
CREATE INDEX notices_of_token ON notices (token_id, subject, created_at) WHERE token_id IS NOT NULL;
