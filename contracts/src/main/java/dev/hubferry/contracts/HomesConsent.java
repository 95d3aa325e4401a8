package dev.hubferry.contracts;

/** Losses that the spec may accept where the target's file system cannot keep something; without the consent the migration is refused. */
public enum HomesConsent {
    /** Extended attributes do not come along; those that ACLs and file capabilities are kept in are not meant. */
    LOSE_ATTRIBUTES,
    /** ACLs do not come along, so that what they allow or deny to others is lost; permission bits stay as they are shown. */
    LOSE_ACLS
}
