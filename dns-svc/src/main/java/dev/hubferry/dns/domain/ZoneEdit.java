package dev.hubferry.dns.domain;

import dev.hubferry.contracts.Problem;

/** Decides, in view of the zone as it stands, what becomes of a name's record. */
@FunctionalInterface
interface ZoneEdit {

    /** What is to be done. */
    sealed interface Decision {
        /** The record is as it should be. */
        record LeaveAsIs() implements Decision {}

        /** {@code next} takes the place of the current record; {@code beforeWrite} runs before anything is written. */
        record Replace(ZoneRecord next, Runnable beforeWrite) implements Decision {}

        record Refuse(Problem problem) implements Decision {}
    }

    Decision decide(Zone zone, ZoneRecord current) throws InterruptedException;
}
