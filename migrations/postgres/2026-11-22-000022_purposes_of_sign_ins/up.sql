-- What a sign-in was begun for. Administrators go to the same providers as recipients, and come back to the same address:
-- what is kept here decides whether the return claims a credential or opens the dashboard, and nothing that comes with it.
--
-- `subject_id` is the session, the administrator or the link that it is about. It is no foreign key: on the way back all of
-- them are looked at anew, and a row lasts for ten minutes.
ALTER TABLE sign_ins
    ADD COLUMN purpose text COLLATE "C" NOT NULL DEFAULT 'claim'
        CONSTRAINT sign_ins_purpose_check
            CHECK (purpose IN ('claim', 'sign_in', 'prove_again', 'connect', 'join')),
    ADD COLUMN subject_id uuid,
    ADD CONSTRAINT sign_ins_token_check CHECK (purpose = 'claim' OR access_token_id IS NULL),
    ADD CONSTRAINT sign_ins_subject_check
        CHECK ((purpose IN ('prove_again', 'connect', 'join')) = (subject_id IS NOT NULL));

-- Those under way were begun by recipients; from now on it is said.
ALTER TABLE sign_ins ALTER COLUMN purpose DROP DEFAULT;
