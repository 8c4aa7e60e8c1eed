-- What a sign-in was begun for. Administrators go to the same providers as recipients, and come back to the same address:
-- what is kept here decides whether the return claims a credential or opens the dashboard, and nothing that comes with it.
--
-- `subject_id` is the session, the administrator or the link that it is about. It is no foreign key: on the way back all of
-- them are looked at anew, and a row lasts for ten minutes.
--
-- Those under way were begun by recipients. SQLite cannot take the default away again; every sign-in says its purpose.
ALTER TABLE sign_ins ADD COLUMN purpose TEXT NOT NULL DEFAULT 'claim'
    CHECK (purpose IN ('claim', 'sign_in', 'prove_again', 'connect', 'join'))
    CHECK (purpose = 'claim' OR access_token_id IS NULL);
ALTER TABLE sign_ins ADD COLUMN subject_id BLOB
    CHECK (length(subject_id) = 16)
    CHECK ((purpose IN ('prove_again', 'connect', 'join')) = (subject_id IS NOT NULL));
