package dev.hubferry.sandbox.world;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a world is to be like.
 *
 * @param directory holds everything of the world; made when missing
 * @param users how many users have a home, when homes are generated
 * @param files the generated homes hold at least so many entries
 * @param megabytes the generated homes hold about so many million bytes
 * @param seed of the homes and of what users do
 * @param homes a tree of homes that exists and is moved in place, instead of generated ones
 * @param database a hub's database that exists and is moved in place, instead of the sandbox's own
 * @param activeUsers how many users have a server on the old hub
 * @param changesPerSecond of each active user; 0: they have a server and do nothing
 * @param replicas of each service
 * @param ttl of the hub's DNS record; below what real providers allow, so that nobody waits for minutes
 */
public record WorldOptions(
        Path directory,
        int users,
        int files,
        int megabytes,
        long seed,
        Optional<Path> homes,
        Optional<Path> database,
        int activeUsers,
        double changesPerSecond,
        int replicas,
        Duration ttl) {

    public WorldOptions {
        if (users < 1 || replicas < 1 || activeUsers < 0) {
            throw new IllegalArgumentException(
                    "users and replicas must be positive: " + users + ", " + replicas + ", " + activeUsers);
        }
        directory = directory.toAbsolutePath().normalize();
        homes = homes.map(path -> path.toAbsolutePath().normalize());
        database = database.map(path -> path.toAbsolutePath().normalize());
    }

    /** The demo's: 60 users, 7,000 files, 120 MB, five users at work, one replica of each service, a TTL of 4 s. */
    public static WorldOptions in(Path directory) {
        return new WorldOptions(
                directory, 60, 7000, 120, 1, Optional.empty(), Optional.empty(), 5, 2, 1, Duration.ofSeconds(4));
    }

    public WorldOptions withHomesOf(int userCount, int fileCount, int megabyteCount) {
        return new WorldOptions(
                directory,
                userCount,
                fileCount,
                megabyteCount,
                seed,
                homes,
                database,
                activeUsers,
                changesPerSecond,
                replicas,
                ttl);
    }

    public WorldOptions withSeed(long other) {
        return new WorldOptions(
                directory,
                users,
                files,
                megabytes,
                other,
                homes,
                database,
                activeUsers,
                changesPerSecond,
                replicas,
                ttl);
    }

    public WorldOptions withExisting(Optional<Path> homesTree, Optional<Path> databaseFile) {
        return new WorldOptions(
                directory,
                users,
                files,
                megabytes,
                seed,
                homesTree,
                databaseFile,
                activeUsers,
                changesPerSecond,
                replicas,
                ttl);
    }

    /** Users keep their servers and change nothing. */
    public WorldOptions withQuietUsers() {
        return new WorldOptions(
                directory, users, files, megabytes, seed, homes, database, activeUsers, 0, replicas, ttl);
    }

    public WorldOptions withReplicas(int count) {
        return new WorldOptions(
                directory, users, files, megabytes, seed, homes, database, activeUsers, changesPerSecond, count, ttl);
    }
}
