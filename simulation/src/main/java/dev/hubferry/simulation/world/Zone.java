package dev.hubferry.simulation.world;

/**
 * All records of the zone, which are always written together.
 *
 * @param leadsTo where the hub's name leads
 * @param ttl of the hub's record, in seconds
 * @param otherTtl of a record that belongs to another migration
 */
record Zone(Side leadsTo, int ttl, int otherTtl) {
    Zone leadingTo(Side side) {
        return new Zone(side, ttl, otherTtl);
    }

    Zone withTtl(int seconds) {
        return new Zone(leadsTo, seconds, otherTtl);
    }

    Zone withOtherTtl(int seconds) {
        return new Zone(leadsTo, ttl, seconds);
    }
}
