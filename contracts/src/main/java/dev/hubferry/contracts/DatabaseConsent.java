package dev.hubferry.contracts;

/** Losses that the spec may accept; without the consent the migration is refused. */
public enum DatabaseConsent {
    /** Users' encrypted auth state cannot be read on the target, since it lacks the source's crypt keys. */
    LOSE_AUTH_STATE,
    /** The target's own hub database, which holds users, is replaced (and kept beside the new one). */
    REPLACE_TARGET_USERS
}
