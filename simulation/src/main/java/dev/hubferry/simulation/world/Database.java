package dev.hubferry.simulation.world;

/**
 * A hub's database.
 *
 * @param origin whose it was first
 * @param logins what was written into it
 */
record Database(Side origin, int logins) {
    Database withLogin() {
        return new Database(origin, logins + 1);
    }
}
