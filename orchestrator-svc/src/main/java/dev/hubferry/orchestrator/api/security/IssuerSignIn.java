package dev.hubferry.orchestrator.api.security;

import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets people of the page fetch their token from the issuer themselves, where that is configured. */
@Singleton
public final class IssuerSignIn {
    private final Optional<IssuerClient> client;

    IssuerSignIn(Access access) {
        this.client =
                access.issuer().flatMap(issuer -> issuer.signIn().map(signIn -> new IssuerClient(issuer, signIn)));
    }

    public boolean isOffered() {
        return client.isPresent();
    }

    /**
     * Where the browser goes to sign in.
     *
     * @throws IssuerTrouble when the issuer cannot say so now
     */
    public URI begin(SigningIn begun) throws IssuerTrouble {
        return offered().authorization(begun);
    }

    /**
     * The token for the code with which the browser came back; nobody has verified it.
     *
     * @param error what the issuer says instead of a code
     * @throws IssuerTrouble when there is none
     */
    public String end(SigningIn begun, @Nullable String code, @Nullable String error) throws IssuerTrouble {
        if (code == null) {
            throw new IssuerTrouble.Refused(
                    "the issuer signed nobody in: " + IssuerClient.word(error == null ? "" : error));
        }
        return offered().token(begun, code);
    }

    private IssuerClient offered() throws IssuerTrouble {
        if (client.isEmpty()) {
            throw new IssuerTrouble.Refused(
                    "nobody can sign in at an issuer here: hubferry.auth.oidc.sign-in is not set");
        }
        return client.get();
    }
}
