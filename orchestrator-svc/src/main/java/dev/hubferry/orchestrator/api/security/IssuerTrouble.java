package dev.hubferry.orchestrator.api.security;

/** Why nobody was signed in; the message is one clause without anything of a token, a code or a secret. */
public abstract sealed class IssuerTrouble extends Exception {
    private static final long serialVersionUID = 1;

    private IssuerTrouble(String why) {
        super(why);
    }

    public String why() {
        return String.valueOf(getMessage());
    }

    /** The person, the browser or the settings of the client are not good for the issuer. */
    static final class Refused extends IssuerTrouble {
        private static final long serialVersionUID = 1;

        Refused(String why) {
            super(why);
        }
    }

    /** The issuer does not answer as one does. */
    static final class Unanswered extends IssuerTrouble {
        private static final long serialVersionUID = 1;

        Unanswered(String why) {
            super(why);
        }
    }

    /** Whether it is worth to try again later. */
    public boolean passes() {
        return switch (this) {
            case Refused _ -> false;
            case Unanswered _ -> true;
        };
    }
}
