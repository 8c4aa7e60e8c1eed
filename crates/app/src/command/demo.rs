//! `demo`: the service on data that is thrown away, with a sample organization and a tour to paste.

use std::net::{Ipv4Addr, SocketAddr};

use symbolon_domain::{
    organization::RevealPolicy,
    permissions::Permissions,
    port::entropy::Entropy as _,
    service::{
        caller::Authority,
        create_organization::CreateOrganization,
        create_token::{CreateToken, LifeRequest},
    },
    text::{Description, MailAddress, OrganizationName},
};
use symbolon_storage_diesel::DieselStore;

use super::{
    organizations,
    serve::{bind, local, serve_until_told},
    tokens,
};
use crate::{
    assembly::{Assembly, Migrating, blocking, database_url},
    failure::Failure,
    options::{Demo, Options},
    output,
    stop_signal::StopSignal,
};

const NAME: &str = "Analytical Engines Institute";
const CONTACT: &str = "ada@analytical-engines.example";

pub(super) async fn run(options: &Options, demo: &Demo) -> Result<(), Failure> {
    let stop = StopSignal::listen()?;
    let listener = listen(demo)?;
    let address = local(&listener)?;
    let directory = tempfile::Builder::new()
        .prefix("symbolon-demo-")
        .tempdir()
        .map_err(|error| Failure::new(format!("a temporary directory cannot be made: {error}")))?;
    // Its own key ring, and its own place in whatever database is named, so that nothing that exists is touched.
    let options = Options {
        data_dir: directory.path().to_owned(),
        keyring_file: None,
        public_url: None,
        ..options.clone()
    };
    let is_sqlite = database_url(&options)?.is_sqlite();
    let options = if is_sqlite {
        Options {
            database: Some(sqlite_in(&directory)),
            database_file: None,
            ..options
        }
    } else {
        options
    };
    let schema = if is_sqlite { None } else { Some(schema_name()?) };

    let assembly = Assembly::new(&options, schema.clone(), Migrating::Always, address).await?;
    let ended = play(&assembly, listener, stop).await;
    if schema.is_some() {
        blocking(&assembly.store, DieselStore::drop_schema).await?;
    }
    ended
}

fn sqlite_in(directory: &tempfile::TempDir) -> String {
    format!("sqlite:{}", directory.path().join("symbolon.db").display())
}

/// A schema of PostgreSQL that nobody else uses.
fn schema_name() -> Result<String, Failure> {
    let mut random = [0; 8];
    symbolon_vault::SystemEntropy::new()
        .fill(&mut random)
        .map_err(|error| Failure::new(error.to_string()))?;
    Ok(format!("symbolon_demo_{:016x}", u64::from_be_bytes(random)))
}

/// The demonstration hands out tokens on the screen: it is for this machine only.
fn listen(demo: &Demo) -> Result<std::net::TcpListener, Failure> {
    match demo.listen {
        Some(address) if !address.ip().is_loopback() => Err(Failure::usage(format!(
            "the demonstration does not listen at {address}"
        ))
        .advise("It is for this machine only: leave out --listen, or give a loopback address.")),
        Some(address) => bind(address, "--listen"),
        None => {
            let usual = SocketAddr::from((Ipv4Addr::LOCALHOST, 8080));
            bind(usual, "--listen").or_else(|_| bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), "--listen"))
        }
    }
}

async fn play(assembly: &Assembly, listener: std::net::TcpListener, stop: StopSignal) -> Result<(), Failure> {
    let sample = |error: symbolon_domain::text::TextError| Failure::new(format!("the sample data: {error}"));
    let request = CreateOrganization {
        name: OrganizationName::parse(NAME).map_err(sample)?,
        contact: MailAddress::parse(CONTACT).map_err(sample)?,
        url: None,
        reveal_policy: RevealPolicy::Always,
    };
    let (organization, first) = organizations::make(assembly, request).await?;
    let reader = CreateToken {
        authority: Authority::Operator(&organization),
        description: Some(Description::parse("Read-only, for the website").map_err(sample)?),
        permissions: Some(Permissions::READ),
        life: LifeRequest::Days(30),
        request: None,
    };
    reader.run(&assembly.ports).await.map_err(tokens::refused)?;

    let tour = tour(
        &assembly.public_url.to_string(),
        &organization.id.to_string(),
        first.secret.expose(),
        &assembly.database.to_string(),
    );
    output::print(&tour)?;
    serve_until_told(assembly, listener, None, stop).await
}

fn tour(public_url: &str, organization: &str, token: &str, database: &str) -> String {
    let tokens = format!("{public_url}/v1/organizations/{organization}/authorization_tokens");
    format!(
        r#"Symbolon is running at {public_url}, on data that is thrown away when you press Ctrl-C.

  organization  {NAME}
                {organization}
  database      {database}

Open another terminal and paste these lines, one after the other.

  First, where the organization's tokens are, and a token that may do everything:

    TOKENS={tokens}
    TOKEN={token}

  List the tokens. HTTP Basic, the token as user name and a blank password:

    curl -su "$TOKEN:" "$TOKENS"; echo

  Create one. It lives 180 days and may do what its maker may:

    curl -su "$TOKEN:" -H 'Content-Type: application/json' -d '{{"description": "Nightly import"}}' "$TOKENS"; echo

  Rotate yours, and keep the successor:

    NEW=$(curl -su "$TOKEN:" -X POST "$TOKENS/rotate" | sed 's/.*"token":"\([^"]*\)".*/\1/'); echo "$NEW"

  The old one is refused at once, the new one is served:

    curl -su "$TOKEN:" "$TOKENS/current"; echo
    curl -su "$NEW:" "$TOKENS/current"; echo

  Delete the new one. What then shows it is refused, too:

    ID=$(curl -su "$NEW:" "$TOKENS/current" | sed 's/^{{"data":{{"id":"\([^"]*\)".*/\1/')
    curl -siu "$NEW:" -X DELETE "$TOKENS/$ID"
    curl -su "$NEW:" "$TOKENS"; echo
"#
    )
}
