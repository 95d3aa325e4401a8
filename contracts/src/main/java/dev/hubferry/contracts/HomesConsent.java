package dev.hubferry.contracts;

/** Losses that the spec may accept where homes cannot have on the target what they have; without the consent the migration is refused. */
public enum HomesConsent {
    /** Extended attributes, those of file capabilities among them, where the target's file system cannot keep them. */
    LOSE_ATTRIBUTES,
    /** ACLs, where the target's file system cannot keep them, or everything becomes one owner's: a file's group gets the mask's rights. */
    LOSE_ACLS
}
